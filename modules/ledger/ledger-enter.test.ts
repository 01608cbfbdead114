// Entering a record over HTTP, as the least-privileged role that may: the 纪检委员 of a branch.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity, TODAY } from '#test/ledger-city.ts'
import type { Receipt } from './ledger.contract.ts'

const city = await ledgerCity()
const { org, person, unit } = city
let member: Caller
before(async () => {
  member = await city.as('member')
})

/** A theme day of the first branch that nothing is wrong with. */
function themeDay(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: newId(),
    kind: 'theme-day',
    bodyId: org.first,
    happenedOn: '2024-12-18',
    title: '十二月主题党日',
    fields: { theme: '重温入党誓词' },
    people: { host: [person.wang] },
    absent: [person.chen],
    ...change,
  }
}

async function refused(body: unknown, status = 422): Promise<{ message: string; issues: { field: string; value?: unknown; message: string }[] }> {
  const reply = await member.post('/api/records', body)
  assert.equal(reply.statusCode, status, reply.body)
  const error = reply.json()
  assert.match(error.message, /[\u4e00-\u9fff]/, 'the refusal is a Chinese sentence')
  assert.doesNotMatch(reply.body, /stack|node_modules|select |insert /)
  return error
}

async function entries(id: unknown): Promise<number> {
  const { rows } = await city.owner.query('select count(*)::int as n from audit.entry where object_id = $1', [id])
  return rows[0].n
}
async function versions(id: unknown): Promise<number> {
  const { rows } = await city.owner.query('select count(*)::int as n from ledger.record where record_id = $1', [id])
  return rows[0].n
}

describe('what is right is kept', () => {
  test('a full record is complete, in time, counted 4 of 5, and leaves one audit entry; five round trips in all', async () => {
    const body = themeDay()
    const reply = await member.post('/api/records', body)
    assert.equal(reply.statusCode, 200, reply.body)
    assert.deepEqual(reply.json(), { recordId: body['id'], version: 1, complete: true, late: false, missing: [], repeated: false })
    assert.equal(reply.headers['x-queries'], '5')
    assert.equal(await entries(body['id']), 1)
    const page = (await member.get(`/api/records/${body['id']}`)).json()
    assert.equal(page.current.due, 5)
    assert.equal(page.current.present, 4)
    assert.deepEqual(
      page.current.people.map((each: { role: string; name: string }) => [each.role, each.name]),
      [
        ['absent', '陈静'],
        ['host', '王建国'],
      ],
    )
    assert.equal(page.current.author, '李明')
    assert.equal(page.body.name, '示例市局第一党支部')
    assert.equal(page.may.correct, false, 'a 纪检委员 enters but does not correct')
  })

  test('what is missing for "complete" is named, and the record is kept', async () => {
    const { absent: _absent, ...body } = themeDay({ fields: {} })
    const receipt: Receipt = (await member.post('/api/records', body)).json()
    assert.equal(receipt.complete, false)
    assert.deepEqual(receipt.missing, ['theme', 'attendance'])
  })

  test('nobody absent is an attendance; none taken is not', async () => {
    const body = themeDay({ absent: [] })
    assert.equal((await member.post('/api/records', body)).json().complete, true)
    const page = (await member.get(`/api/records/${body['id']}`)).json()
    assert.deepEqual([page.current.due, page.current.present], [5, 5])
  })

  test('the fifteenth day after is in time, the sixteenth is late', async () => {
    assert.equal((await member.post('/api/records', themeDay({ happenedOn: '2024-12-05' }))).json().late, false)
    assert.equal((await member.post('/api/records', themeDay({ happenedOn: '2024-12-04' }))).json().late, true)
  })

  test('whether the secretary lectured is set by the system, whatever was sent', async () => {
    const lecture = (lecturer: string) => ({
      ...{ id: newId(), kind: 'party-lecture', bodyId: org.first, happenedOn: '2024-12-10', title: '十二月党课' },
      ...{ fields: { theme: 'discipline', by_secretary: true }, people: { lecturer: [lecturer] } },
    })
    const asked = [lecture(person.wang), lecture(person.li), lecture(person.expert)]
    const told = await Promise.all(
      asked.map(async (body) => {
        const reply = await member.post('/api/records', body)
        assert.equal(reply.statusCode, 200, reply.body)
        return (await member.get(`/api/records/${body.id}`)).json().current.fields.by_secretary
      }),
    )
    assert.deepEqual(told, [true, false, false])
  })

  test('numbers are kept as exact text', async () => {
    const desk = await city.as('desk')
    const id = newId()
    const fields = { audience: 'members', hours: '12.50', places: 30 }
    const reply = await desk.post('/api/records', { id, kind: 'training', bodyId: unit.bureau, happenedOn: '2024-12-02', title: '党员培训班', fields })
    assert.equal(reply.statusCode, 200, reply.body)
    assert.deepEqual((await desk.get(`/api/records/${id}`)).json().current.fields, { audience: 'members', hours: '12.50', places: '30' })
  })
})

describe('a phone that sends twice', () => {
  test('the same id with the same content has one effect and the same answer', async () => {
    const body = themeDay({ fields: {} })
    const first = (await member.post('/api/records', body)).json()
    const second = (await member.post('/api/records', body)).json()
    assert.deepEqual(second, { ...first, repeated: true })
    assert.equal(await versions(body['id']), 1)
    assert.equal(await entries(body['id']), 1)
  })

  test('eight at once have one effect', async () => {
    const body = themeDay()
    const replies = await Promise.all(Array.from({ length: 8 }, () => member.post('/api/records', body)))
    assert.deepEqual(
      replies.map((reply) => reply.statusCode),
      Array(8).fill(200),
    )
    assert.equal(replies.filter((reply) => reply.json().repeated === false).length, 1)
    assert.equal(await versions(body['id']), 1)
    assert.equal(await entries(body['id']), 1)
  })

  test('the same id with other content, other people, or from another account is a conflict', async () => {
    const body = themeDay()
    await member.post('/api/records', body)
    for (const change of [
      { title: '另一个标题' },
      { absent: [person.liu] },
      { people: { host: [person.zhang] } },
      { fields: { theme: '别的' } },
      { happenedOn: '2024-12-17' },
    ]) {
      const error = await refused({ ...body, ...change }, 409)
      assert.equal(error.issues[0]?.field, '/id')
    }
    const secretary = await city.as('secretary')
    assert.equal((await secretary.post('/api/records', body)).statusCode, 409)
    assert.equal(await versions(body['id']), 1)
  })
})

describe('each field wrong in turn: the answer names field, value and way out', () => {
  const wrong: [string, Record<string, unknown>, string, RegExp][] = [
    ['a date that does not exist', { happenedOn: '2024-02-30' }, '/happenedOn', /没有这一天.*2024-12-20/],
    ['a date in another form', { happenedOn: '2024/12/18' }, '/happenedOn', /格式/],
    ['tomorrow', { happenedOn: '2024-12-21' }, '/happenedOn', /不能晚于今天（2024-12-20）/],
    ['a date before all records', { happenedOn: '1999-12-31' }, '/happenedOn', /不能早于2000-01-01/],
    ['a date before the organisation was there', { happenedOn: '2010-01-01' }, '/bodyId', /2010-01-01不存在/],
    ['no title', { title: '' }, '/title', /至少 2 个字/],
    ['a title of blanks', { title: '   ' }, '/title', /至少两个字/],
    ['a title of 121 characters', { title: '题'.repeat(121) }, '/title', /最多 120 个字/],
    ['a place of 121 characters', { place: '地'.repeat(121) }, '/place', /最多 120 个字/],
    ['an unknown kind', { kind: 'tea-party' }, '/kind', /没有这种记录/],
    ['an id that is none', { id: '1' }, '/id', /格式/],
    ['an unknown field', { fields: { colour: '红' } }, '/fields/colour', /没有这个字段/],
    ['a text that is a number', { fields: { theme: 5 } }, '/fields/theme', /应为文字/],
    ['a text that is too long', { fields: { theme: '长'.repeat(61) } }, '/fields/theme', /最多 60 个字，现在 61 个/],
    ['a choice that is none', { fields: { theme: '主题', activity: 'party' } }, '/fields/activity', /集中学习、志愿服务/],
    ['an unknown role', { people: { judge: [person.wang] } }, '/people/judge', /没有这个角色/],
    ['two hosts', { people: { host: [person.wang, person.li] } }, '/people/host', /只能选一人/],
    ['a host who is nobody', { people: { host: [newId()] } }, '/people/host', /没有找到这个人/],
    ['a host outside the scope', { people: { host: [person.zhou] } }, '/people/host', /没有找到这个人/],
    ['an absent who is not on the roll', { absent: [person.yang] }, '/absent', /当天不是这个组织的党员/],
    ['a field nobody knows', { note: '多余' }, '/note', /没有这个字段/],
    ['a kind of a unit for a branch', { kind: 'visit', fields: {}, people: {}, absent: undefined }, '/bodyId', /由单位登记/],
    ['attendance where none is taken', { kind: 'committee-meeting', fields: {} }, '/absent', /不记考勤/],
    ['a required role left out', { kind: 'party-lecture', fields: {}, people: {}, absent: undefined }, '/people/lecturer', /请选择讲课人/],
    ['a date field that is none', { kind: 'election', fields: { due_on: '2027-02-29' }, people: {}, absent: undefined }, '/fields/due_on', /没有这一天/],
    ['a number that is none', { kind: 'election', fields: { eligible: '五' }, people: {}, absent: undefined }, '/fields/eligible', /应为整数/],
    ['a number below the least', { kind: 'election', fields: { eligible: 0 }, people: {}, absent: undefined }, '/fields/eligible', /不能小于 1/],
    ['a number above the most', { kind: 'election', fields: { elected: 31 }, people: {}, absent: undefined }, '/fields/elected', /不能大于 30/],
  ]
  for (const [what, change, field, message] of wrong) {
    test(what, async () => {
      const body = themeDay(change)
      const { issues } = await refused(body)
      const issue = issues.find((each) => each.field === field)
      assert.ok(issue, `no issue for ${field}: ${JSON.stringify(issues)}`)
      assert.match(issue.message, message)
      if (field !== '/id') assert.equal(await versions(body['id']), 0)
    })
  }

  test('two hosts who are one person twice are one', async () => {
    const reply = await member.post('/api/records', themeDay({ absent: [person.chen, person.chen] }))
    assert.equal(reply.statusCode, 200, reply.body)
  })

  test('all mistakes come at once', async () => {
    const { issues } = await refused(themeDay({ happenedOn: '2024-02-30', fields: { theme: 5, colour: 'x' }, people: { host: [person.wang, person.li] } }))
    assert.deepEqual(issues.map((issue) => issue.field).sort(), ['/fields/colour', '/fields/theme', '/happenedOn', '/people/host'])
  })

  test('a body that is empty, no JSON, an array, or a megabyte too large is refused by a sentence', async () => {
    await refused({})
    await refused([])
    assert.equal((await member.post('/api/records', '{"id":')).statusCode, 415)
    const cookies = {}
    const broken = await city.app.inject({ method: 'POST', url: '/api/records', cookies, headers: { 'content-type': 'application/json' }, payload: '{"id":' })
    assert.equal(broken.statusCode, 400)
    assert.match(broken.json().message, /无法读取/)
    await refused(themeDay({ title: '大'.repeat(600_000) }), 413)
  })

  test('text that PostgreSQL cannot hold is refused, not a fault', async () => {
    const { issues } = await refused(themeDay({ title: '主题\u0000党日' }))
    assert.equal(issues[0]?.field, '/title')
    await refused(themeDay({ fields: { theme: '主题\u0000' } }))
    await refused(themeDay({ place: '会议室\u0000' }))
    await refused(themeDay({ title: '半个字符\ud83d' }))
    await refused(themeDay({ fields: { theme: '半个字符\ud83d' } }))
    assert.equal((await member.get('/api/records?q=%00%00%00')).statusCode, 400)
  })
})

describe('who may', () => {
  test('an organisation outside the scope answers as one that does not exist', async () => {
    const foreign = await refused(themeDay({ bodyId: org.second }), 404)
    const nowhere = await refused(themeDay({ bodyId: newId() }), 404)
    assert.deepEqual(foreign, nowhere)
  })

  test('a foreign record answers as one that does not exist', async () => {
    const county = await city.as('county')
    const body = themeDay({ bodyId: org.county, people: {}, absent: [] })
    assert.equal((await county.post('/api/records', body)).statusCode, 200)
    const [foreign, nowhere] = [await member.get(`/api/records/${body['id']}`), await member.get(`/api/records/${newId()}`)]
    assert.equal(foreign.statusCode, 404)
    assert.deepEqual(foreign.json(), nowhere.json())
  })

  test('the committee above a branch may enter for it', async () => {
    const deputy = await city.as('deputy')
    assert.equal((await deputy.post('/api/records', themeDay())).statusCode, 200)
  })

  test('nobody without a session', async () => {
    const reply = await city.app.inject({ method: 'POST', url: '/api/records', payload: themeDay() })
    assert.equal(reply.statusCode, 401)
  })

  test('the roll of a day is the members of that day, by initials; a foreign branch is not found', async () => {
    const reply = await member.get(`/api/roll?body=${org.first}&on=${TODAY}`)
    assert.equal(reply.headers['x-queries'], '3')
    assert.deepEqual(
      reply.json().people.map((each: { name: string }) => each.name),
      ['陈静', '李明', '刘洋', '王建国', '张伟'],
    )
    assert.equal((await member.get(`/api/roll?body=${org.county}&on=${TODAY}`)).statusCode, 404)
    assert.equal((await member.get(`/api/roll?body=${org.first}&on=2024-02-30`)).statusCode, 422)
  })

  test('the form is told the kinds, the bodies in scope and whether it may be sent', async () => {
    const reply = await member.get('/api/record-kinds')
    assert.equal(reply.headers['x-queries'], '3')
    const { kinds, bodies, mayEnter } = reply.json()
    assert.equal(mayEnter, true)
    assert.ok(kinds.length >= 18)
    assert.deepEqual(
      bodies.map((body: { name: string }) => body.name),
      ['示例市局第一党支部'],
    )
  })
})

test('a write and its audit entry are undone together', async () => {
  await city.owner.query(`create function audit.refuse() returns trigger language plpgsql as $$ begin raise exception 'audit is full'; end $$`)
  await city.owner.query('create trigger refuse before insert on audit.entry for each row execute function audit.refuse()')
  const body = themeDay()
  const reply = await member.post('/api/records', body)
  await city.owner.query('drop trigger refuse on audit.entry')
  assert.equal(reply.statusCode, 500)
  assert.equal(await versions(body['id']), 0)
  assert.equal((await member.post('/api/records', body)).statusCode, 200, 'and the same id can be sent again')
})
