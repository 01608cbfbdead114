import { execSync, spawn } from 'node:child_process'
import { nodeEnvironment, nodeFlags } from '../scripts/setup.mjs'
import { load, send, type Sent } from './load.ts'
import { newId } from '#base/ids.ts'
import { signIn, type Server, ownerUrl } from './server.ts'
import pg from 'pg'
const dataDir = '/tmp/beside'
const prof = process.argv[2] === 'prof'
const child = spawn(process.execPath, [...nodeFlags, ...(prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/beside-prof', '--cpu-prof-interval=500'] : []), 'server/app/cli.ts', 'serve', '--port', '0'], { cwd: '/work/wt/beside', env: { ...nodeEnvironment(), DAJUAN_DATA: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] })
const origin = await new Promise<string>((resolve) => { let o = ''; child.stdout.on('data', (p) => { o += p; const m = /serves at (http:\/\/[\d.:]+)/.exec(o); if (m) resolve(m[1]!) }); child.stderr.on('data', (p) => process.stderr.write(p)) })
const server = { origin, pid: child.pid!, dataDir, startedIn: 0, stop: async () => {} } as Server
const desk = (await signIn(server, 'gongwei', 1)).target
const { target, session } = await signIn(server, 'zhibu', 16)
const bodyId = session.post.body?.id ?? ''
const ms = Array.from({ length: 64 }, () => ({ id: newId(), revision: 2 }))
for (const { id } of ms) {
  await send(desk, { method: 'POST', path: '/api/matters', body: { id, kind: 'rectification', bodyId, title: '测量整改', fields: { problem: '测量', source: 'inspection', type: 'other' } } })
  await send(target, { method: 'POST', path: `/api/matters/${id}/moves`, body: { moveId: newId(), revision: 1, move: 'submit-plan', fields: { plan: '测量方案' } } })
}
let made = 0
const move = (): Sent => { const m = ms[(made += 1) % 64]!; const body = { moveId: newId(), revision: m.revision, move: 'report', fields: { progress: '本月进展' } }; m.revision += 1; return { method: 'POST', path: `/api/matters/${m.id}/moves`, body } }
const one = await send(target, move())
console.log('statements', one.headers['x-queries'], one.status)
const cpu = () => { const all = execSync(`ps -eo pid,ppid,time,cputimes,args | grep -E "postgres|cli.ts" | grep -v grep`).toString().split('\n'); const db = execSync('cat /tmp/beside/postgres/postmaster.pid | head -1').toString().trim(); const ticks = (pid: string) => { try { const f = execSync(`cat /proc/${pid}/stat`).toString().split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10 } catch { return 0 } }; const backends = all.map((l) => l.trim().split(/\s+/)).filter((f) => f[1] === db); return { node: ticks(String(child.pid)), pg: backends.reduce((s, f) => s + ticks(f[0]!), 0) } }
await load(target, 16, 2, move)
for (const m of ms) { const r = JSON.parse((await send(target, { method: 'GET', path: `/api/matters/${m.id}` })).text); m.revision = r.matter.revision }
const a = cpu(); const t = await load(target, 16, 6, move); const b = cpu()
console.log('moves', t.n, 'per s', t.perSecond.toFixed(0), 'p50', t.p50.toFixed(1), 'errors', t.errors, 'node ms/req', ((b.node - a.node) / t.n).toFixed(2), 'pg ms/req', ((b.pg - a.pg) / t.n).toFixed(2))
if (process.argv[2] === 'explain') {
  const c = new pg.Client({ connectionString: ownerUrl(dataDir) }); await c.connect()
  console.log((await c.query('select count(*) from matter.move')).rows)
  await c.end()
}
child.kill('SIGINT')
await new Promise((r) => child.on('exit', r))
