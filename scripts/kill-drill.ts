// node scripts/run.mjs scripts/kill-drill.ts [--rounds 50] [--bodies 2000]: the server is killed (−9) at a random moment while requests go out,
// matters are handed in, records and tickets are entered and jobs run. After each kill the tables are read: what was acknowledged is there once, nothing
// is half sent. What got no answer is sent again to the next server and must then be there once, too. Prints the counts; exit code 1 on a fault.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { loadDemo } from '#db/demo/load.ts'
import { loadPacks } from '#server/app/pack.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { migrate } from '#server/kit/migrate.ts'
import { addBodies } from '../bench/bodies.ts'
import { send, type Target, targetOf } from '../bench/load.ts'
import { nodeEnvironment, nodeFlags } from './setup.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' }, bodies: { type: 'string', default: '2000' } } })
const rounds = Number(values.rounds)

/** Something that is sent until it is acknowledged; `there` reads how often it is in the tables. */
interface Act {
  path: string
  body: object
  as: 'gongwei' | 'zhibu' | 'rexian' | 'paidan'
  acknowledged: boolean
  there: () => Promise<number>
  /** Sent only once this was acknowledged. */
  after?: Act
}

const [clusterDir, dataDir] = ['postgres', 'data'].map((part) => mkdtempSync(join(tmpdir(), `dajuan-drill-${part}-`))) as [string, string]
const cluster = await startCluster({ dataDir: clusterDir, settings: throwAwaySettings })
const url = cluster.url('postgres')
const owner = new pg.Client({ connectionString: url })
let server: ChildProcess | undefined
const faults: string[] = []
const acts: Act[] = []
/** The unit to which tickets are sent. */
let handler = ''

const count = async (text: string, params: unknown[]): Promise<number> =>
  (await owner.query<{ n: number }>(`select count(*)::int as n from ${text}`, params)).rows[0]?.n ?? 0
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts the server; its address once it answers. */
function started(): Promise<string> {
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'server/app/cli.ts'), 'serve', '--port', '0'], {
    cwd: root,
    env: { ...nodeEnvironment(), DAJUAN_DATA: dataDir, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  server = child
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (part: Buffer): void => {
      output += part.toString('utf8')
      const match = /serves at (http:\/\/[\d.:]+)/.exec(output)
      if (match?.[1] !== undefined) resolve(match[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)))
  })
}

const cookies = new Map<string, string>()
/** As whom; a session outlives the server. */
async function signedIn(origin: string, account: string): Promise<Target> {
  if (!cookies.has(account)) {
    const reply = await send(targetOf(origin, '', 1), { method: 'POST', path: '/api/sign-in', body: { account, password: `${account}-2024` } })
    if (reply.status !== 200) throw new Error(`sign-in of ${account}: ${reply.text}`)
    cookies.set(account, String(reply.headers['set-cookie']).split(';')[0] ?? '')
  }
  return targetOf(origin, cookies.get(account) ?? '', 8)
}

/** A round's acts: a request to many, hand-ins of what the branch has, records. */
async function newActs(askerId: string, branch: string, bodies: readonly string[]): Promise<Act[]> {
  const act = (as: Act['as'], path: string, body: object, there: Act['there'], after?: Act): Act => ({
    as,
    path,
    body,
    there,
    acknowledged: false,
    ...(after === undefined ? {} : { after }),
  })
  const id = newId()
  const content = {
    askerId,
    kind: 'task',
    title: '演练下发',
    fields: { text: '演练' },
    selection: { list: [...bodies, branch] },
    dueOn: null,
    basis: '',
    reason: '',
  }
  const draft = act('gongwei', '/api/requests', { id, ...content }, () => count('matter.request where request_id = $1', [id]))
  const sending = act('gongwei', `/api/requests/${id}/sending`, { receivers: bodies.length + 1 }, () => sentOnce(id, bodies.length + 1), draft)
  const { rows } = await owner.query<{ id: string; revision: number }>(
    `select matter_id as id, revision from matter.matter where owner_id = $1 and kind = 'task' and stage = 'sent' and closed_on is null limit 4`,
    [branch],
  )
  const moves = rows.map((matter) => {
    const moveId = newId()
    return act('zhibu', `/api/matters/${matter.id}/moves`, { moveId, revision: matter.revision, move: 'receive' }, () => movedOnce(matter.id, moveId))
  })
  const records = Array.from({ length: 4 }, () => {
    const record = newId()
    const body = { id: record, kind: 'theme-day', bodyId: branch, happenedOn: '2024-12-19', title: '演练主题党日' }
    return act('zhibu', '/api/records', body, () => count('ledger.record where record_id = $1', [record]))
  })
  return [draft, sending, ...moves, ...records, ...Array.from({ length: 3 }, () => ticketActs(act)).flat()]
}

/** A ticket is entered and sent to a unit. */
function ticketActs(act: (as: Act['as'], path: string, body: object, there: Act['there'], after?: Act) => Act): Act[] {
  const [id, stepId] = [newId(), newId()]
  const ticket = { id, channel: 'phone', category: 'parking', title: '演练诉求', body: '演练诉求的内容' }
  const entered = act('rexian', '/api/hotline/tickets', ticket, () => enteredOnce(id))
  const step = { stepId, revision: 1, step: 'dispatch', unitId: handler }
  return [entered, act('paidan', `/api/hotline/tickets/${id}/steps`, step, () => steppedOnce(id, stepId), entered)]
}

async function enteredOnce(id: string): Promise<number> {
  const [tickets, contents, callers, steps, entries] = [
    await count('hotline.ticket where ticket_id = $1', [id]),
    await count('hotline.content where ticket_id = $1', [id]),
    await count('hotline.caller where ticket_id = $1', [id]),
    await count(`hotline.step where ticket_id = $1 and step = 'open'`, [id]),
    await count(`audit.entry where action = 'hotline.open' and object_id = $1`, [id]),
  ]
  if (new Set([tickets, contents, callers, steps, entries]).size > 1)
    faults.push(`ticket ${id}: ${tickets} tickets, ${contents} contents, ${callers} callers, ${steps} first steps, ${entries} entries`)
  return tickets
}

async function steppedOnce(id: string, stepId: string): Promise<number> {
  const steps = await count('hotline.step where step_id = $1', [stepId])
  const stands = await count(`hotline.ticket where ticket_id = $1 and state = 'dispatched' and revision = 2 and unit_due_at is not null`, [id])
  const entries = await count(`audit.entry where action = 'hotline.step' and object_id = $1`, [id])
  if (steps !== stands || steps !== entries) faults.push(`ticket ${id}: ${steps} dispatches, stands so ${stands} times, ${entries} entries`)
  return steps
}

/** 1 where a request is sent whole, 0 where nothing of it went out; anything between is a fault. */
async function sentOnce(id: string, receivers: number): Promise<number> {
  const [matters, steps, entries, sent] = [
    await count('matter.matter where request_id = $1', [id]),
    await count('matter.matter join matter.move using (tenant_id, matter_id) where request_id = $1 and move.revision = 1', [id]),
    await count(`audit.entry where action = 'request.send' and object_id = $1`, [id]),
    await count(`matter.request where request_id = $1 and state = 'sent'`, [id]),
  ]
  const whole = sent === 1 && entries === 1 && matters === receivers && steps === receivers
  if (!whole && matters + steps + entries + sent > 0)
    faults.push(`request ${id}: ${matters} of ${receivers} matters, ${steps} steps, ${entries} entries, ${sent} sent`)
  return sent
}

async function movedOnce(matterId: string, moveId: string): Promise<number> {
  const steps = await count('matter.move where move_id = $1', [moveId])
  const entries = await count(`audit.entry where action = 'matter.move' and object_id = $1 and detail->>'move' = 'receive'`, [matterId])
  const moved = await count(`matter.matter where matter_id = $1 and stage <> 'sent'`, [matterId])
  if (steps !== entries || steps !== moved) faults.push(`matter ${matterId}: ${steps} steps, ${entries} entries, moved ${moved}`)
  return steps
}

/** Sends what isn't acknowledged, in order where one needs another; ends when all is answered or the server is gone. */
async function perform(origin: string, list: readonly Act[]): Promise<void> {
  const targets = {
    ...{ gongwei: await signedIn(origin, 'gongwei'), zhibu: await signedIn(origin, 'zhibu') },
    ...{ rexian: await signedIn(origin, 'rexian'), paidan: await signedIn(origin, 'paidan') },
  }
  const one = async (act: Act): Promise<void> => {
    if (act.acknowledged) return
    if (act.after !== undefined) await running.get(act.after)
    if (act.after?.acknowledged === false) return
    const reply = await send(targets[act.as], { method: 'POST', path: act.path, body: act.body }).catch(() => undefined)
    if (reply?.status === 200) act.acknowledged = true
    else if (reply !== undefined) faults.push(`${act.path}: ${reply.status} ${reply.text.slice(0, 200)}`)
  }
  const running = new Map<Act, Promise<void>>()
  for (const act of list) running.set(act, one(act))
  await Promise.all(running.values())
}

/** Kills the server and waits until the database has nothing of it any more. */
async function kill(): Promise<void> {
  const ended = new Promise((resolve) => server?.on('exit', resolve))
  server?.kill('SIGKILL')
  await ended
  while ((await count(`pg_stat_activity where application_name = 'dajuan' and datname = current_database()`, [])) > 0) await pause(20)
}

async function check(): Promise<void> {
  for (const act of acts) {
    const times = await act.there()
    if (times > 1) faults.push(`${act.path}: there ${times} times`)
    if (act.acknowledged && times !== 1) faults.push(`${act.path}: acknowledged, there ${times} times`)
  }
}

try {
  loadPacks(join(root, 'packs'))
  await migrate(url)
  await loadDemo({ ownerUrl: url, size: 'small' })
  await owner.connect()
  const bodies = await addBodies(owner, Number(values.bodies))
  const askerId = (await owner.query<{ id: string }>(`select party_org_id as id from org.party_org where kind = 'work-committee' limit 1`)).rows[0]?.id ?? ''
  const own = `select h.body_id as id from org.holding h join access.account a using (tenant_id, person_id) where a.login = 'zhibu' and h.post = 'secretary' and h.valid_until = 'infinity' and h.known_until = 'infinity'`
  const branch = (await owner.query<{ id: string }>(own)).rows[0]?.id ?? ''
  handler = (await owner.query<{ id: string }>(`select unit_id as id from org.unit where name = '市公安局' limit 1`)).rows[0]?.id ?? ''
  let unanswered = 0
  let inside = 0
  for (let round = 1; round <= rounds; round += 1) {
    const origin = await started()
    // What the last kill left without an answer comes first, and is answered.
    await perform(origin, acts)
    // So many requests in a month are more than a branch's budget allows.
    await owner.query('delete from burden.charge')
    const fresh = await newActs(askerId, branch, bodies)
    acts.push(...fresh)
    const work = perform(origin, fresh)
    await pause(Math.random() * 1500)
    await kill()
    await work
    const open = fresh.filter(({ acknowledged }) => !acknowledged).length
    unanswered += open
    if (open > 0 && open < fresh.length) inside += 1
    await check()
    if (faults.length > 0) break
    console.log(`kill ${round}: ${fresh.length - open} of ${fresh.length} acknowledged`)
  }
  await perform(await started(), acts)
  const left = acts.filter(({ acknowledged }) => !acknowledged).length
  if (left > 0) faults.push(`${left} acts were never acknowledged`)
  await check()
  // Jobs: every entry stands in the chain once, without a gap, whatever was cut off while it was being sealed.
  const entries = await count('audit.entry', [])
  while ((await count('audit.link', [])) < entries && faults.length === 0) await pause(500)
  const { rows } = await owner.query<{ links: number; entries: number; last: number }>(
    'select count(*)::int as links, count(distinct entry_id)::int as entries, max(seq)::int as last from audit.link',
  )
  const [chain] = rows
  if (chain === undefined || chain.links !== chain.entries || chain.links !== chain.last)
    faults.push(`the chain has ${chain?.links} links of ${chain?.entries} entries up to ${chain?.last}`)
  console.log(
    `${rounds} kills, ${inside} of them between the first and the last answer: ${acts.length} acts, ${unanswered} had no answer and were sent again; ${chain?.links} entries in the chain; ${faults.length} faults`,
  )
} finally {
  server?.kill('SIGKILL')
  await owner.end()
  await cluster.stop()
  for (const folder of [clusterDir, dataDir]) rmSync(folder, { recursive: true, force: true })
}
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)
