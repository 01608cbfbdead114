// Attachments over HTTP: what a file is, its content says; nothing is served that a browser would run.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { harmlessName } from './ledger-files.service.ts'

const city = await ledgerCity()
const { org } = city
let member: Caller
let record: string

async function entered(): Promise<string> {
  const id = newId()
  const reply = await member.post('/api/records', { id, kind: 'committee-meeting', bodyId: org.first, happenedOn: '2024-12-10', title: '支委会', fields: {} })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
before(async () => {
  member = await city.as('member')
  record = await entered()
})
const send = (bytes: Uint8Array, name = '照片.jpg', to = record) => member.upload(`/api/records/${to}/attachments?name=${encodeURIComponent(name)}`, bytes)
const picture = (colour: string, size = 64) => sharp({ create: { width: size, height: size, channels: 3, background: colour } })
const filesKept = () => (existsSync(join(city.dataDir, 'files')) ? readdirSync(join(city.dataDir, 'files'), { recursive: true }).length : 0)

/** A zip with these files; `claim` is the size that the headers claim. */
function zip(files: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(head, Buffer.from(name), data)
    central.push(entry, Buffer.from(name))
    offset += head.length + name.length + data.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...central, end])
}
const contentTypes = (part: string, type: string) =>
  Buffer.from(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`,
  )
const docx = () =>
  zip({
    '[Content_Types].xml': contentTypes('word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
    'word/document.xml': Buffer.from('<w/>'),
  })

/** A PNG that claims to be so many pixels wide and high, and holds next to nothing. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc(body), body.length + 4)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
function crc(bytes: Buffer): number {
  let value = ~0
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return ~value >>> 0
}

describe('what is taken', () => {
  test('a photo, with a thumbnail; one audit entry; shown on the record', async () => {
    const id = await entered()
    const reply = await send(await picture('red', 1200).jpeg().toBuffer(), '现场照片.jpg', id)
    assert.equal(reply.statusCode, 200, reply.body)
    assert.equal(reply.headers['x-queries'], '7')
    const file = reply.json()
    assert.deepEqual([file.name, file.mediaType, file.thumbnail], ['现场照片.jpg', 'image/jpeg', true])
    const page = (await member.get(`/api/records/${id}`)).json()
    assert.deepEqual(page.attachments, [file])
    const { rows } = await city.owner.query(`select action from audit.entry where object_id = $1 order by entry_id`, [id])
    assert.deepEqual(
      rows.map((row) => row.action),
      ['record.enter', 'record.attach'],
    )
    const small = await member.get(`/api/attachments/${file.id}?size=thumbnail`)
    assert.equal(small.headers['content-type'], 'image/webp')
    const { width } = await sharp(small.rawPayload).metadata()
    assert.equal(width, 480)
  })

  test('a photo without where, with what and by whom it was taken, turned as the camera said; one that tells nothing byte by byte', async () => {
    const told = {
      IFD0: { Make: 'CAMERA-MARK', Artist: 'OWNER-MARK' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 11/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 6/1 0/1' },
    }
    const wide = () => sharp({ create: { width: 90, height: 40, channels: 3, background: 'teal' } })
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><GPS-MARK/></x:xmpmeta>'
    for (const [format, bytes] of [
      ['jpeg', await wide().withExif(told).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
      ['jpeg', await wide().withXmp(xmp).jpeg().toBuffer()],
      ['webp', await wide().withExif(told).webp().toBuffer()],
      ['png', await wide().withExif(told).png().toBuffer()],
    ] as const) {
      assert.match(bytes.toString('latin1'), /-MARK|Exif/)
      const reply = await send(bytes, '照片', await entered())
      assert.equal(reply.statusCode, 200, reply.body)
      const kept = (await member.get(`/api/attachments/${reply.json().id}`)).rawPayload
      const metadata = await sharp(kept).metadata()
      assert.deepEqual([metadata.format, metadata.exif, metadata.xmp, metadata.orientation], [format, undefined, undefined, undefined])
      assert.doesNotMatch(kept.toString('latin1'), /-MARK/)
      const { orientation } = await sharp(bytes).metadata()
      assert.deepEqual([metadata.width, metadata.height], orientation === 6 ? [40, 90] : [90, 40])
    }
    const plain = await wide().jpeg().toBuffer()
    const reply = await send(plain, '照片', await entered())
    assert.deepEqual((await member.get(`/api/attachments/${reply.json().id}`)).rawPayload, plain)
  })

  test('png, webp, pdf, docx and xlsx by their content, whatever the name says', async () => {
    const xlsx = zip({ '[Content_Types].xml': contentTypes('xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml') })
    const given: [Uint8Array, string][] = [
      [await picture('blue').png().toBuffer(), 'image/png'],
      [await picture('blue').webp().toBuffer(), 'image/webp'],
      [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'), 'application/pdf'],
      [docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ]
    for (const [bytes, type] of given) {
      const reply = await send(bytes, 'x.txt', await entered())
      assert.equal(reply.statusCode, 200, `${type}: ${reply.body}`)
      assert.equal(reply.json().mediaType, type)
    }
  })

  test('the same file twice is one attachment and one entry', async () => {
    const id = await entered()
    const bytes = await picture('green').jpeg().toBuffer()
    const [first, again] = [await send(bytes, 'a.jpg', id), await send(bytes, 'b.jpg', id)]
    assert.deepEqual(again.json(), first.json())
    const { rows } = await city.owner.query(`select count(*)::int as n from audit.entry where object_id = $1 and action = 'record.attach'`, [id])
    assert.equal(rows[0].n, 1)
  })

  test('20 files, not 21', async () => {
    const id = await entered()
    for (let i = 0; i < 20; i += 1)
      assert.equal(
        (
          await send(
            await picture(`rgb(${i * 12},0,0)`, 8)
              .png()
              .toBuffer(),
            'x.png',
            id,
          )
        ).statusCode,
        200,
      )
    const reply = await send(await picture('white', 9).png().toBuffer(), 'x.png', id)
    assert.equal(reply.statusCode, 422)
    assert.match(reply.json().message, /最多 20 个附件/)
  })
})

describe('what is not taken', () => {
  const wrong: [string, () => Uint8Array | Promise<Uint8Array>][] = [
    ['a page of HTML called jpg', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an SVG called jpg', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['an SVG with an XML head', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a script', () => Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['plain text', () => Buffer.from('会议纪要')],
    ['a program', () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a GIF', () => Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')],
    ['a plain zip', () => zip({ 'x.txt': Buffer.from('x') })],
    ['a zip bomb', () => zip({ 'bomb.bin': Buffer.alloc(50_000_000) })],
    ['a zip bomb that calls itself a document', () => zip({ '[Content_Types].xml': Buffer.alloc(50_000_000, 32) })],
    ['a zip cut off in the middle', () => docx().subarray(0, 60)],
    ['one byte', () => Buffer.from([0xff])],
  ]
  for (const [what, bytes] of wrong) {
    test(`${what}: 415, the field named, nothing kept`, async () => {
      const before = filesKept()
      const started = performance.now()
      const reply = await send(await bytes())
      assert.equal(reply.statusCode, 415, reply.body)
      assert.equal(reply.json().issues[0].field, '/name')
      assert.match(reply.json().message, /只收照片.*换一种格式/)
      assert.ok(performance.now() - started < 2000, 'a bomb must not take long')
      assert.equal(filesKept(), before)
    })
  }

  test('a picture that claims to be 30,000 × 30,000 pixels, or holds rubbish', async () => {
    for (const bytes of [
      hugePng(30_000, 30_000),
      hugePng(64, 64).subarray(0, 40),
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]),
    ]) {
      const before = filesKept()
      const reply = await send(bytes)
      assert.equal(reply.statusCode, 422, reply.body)
      assert.match(reply.json().message, /打不开或尺寸过大/)
      assert.equal(filesKept(), before)
    }
  })

  test('nothing at all, and more than 20 MB', async () => {
    assert.equal((await send(Buffer.alloc(0))).statusCode, 422)
    const reply = await send(Buffer.alloc(20 * 1024 * 1024 + 1, 1))
    assert.equal(reply.statusCode, 413)
    assert.match(reply.json().message, /太大|20 MB/)
  })

  test('JSON where bytes belong, no name, a name of 201 characters', async () => {
    assert.equal((await member.post(`/api/records/${record}/attachments?name=x.jpg`, { a: 1 })).statusCode, 422)
    assert.equal((await member.upload(`/api/records/${record}/attachments`, Buffer.from('x'))).json().issues[0].field, '/name')
    assert.equal((await send(Buffer.from('x'), '名'.repeat(201))).json().issues[0].field, '/name')
  })
})

describe('whose it is', () => {
  test('a foreign record and its files answer as those that do not exist', async () => {
    const photo = await picture('black').jpeg().toBuffer()
    const file = (await send(photo, 'x.jpg', await entered())).json()
    const county = await city.as('county')
    const [foreign, nowhere] = [await county.get(`/api/attachments/${file.id}`), await county.get(`/api/attachments/${newId()}`)]
    assert.equal(foreign.statusCode, 404)
    assert.deepEqual(foreign.json(), nowhere.json())
    const to = (id: string) => county.upload(`/api/records/${id}/attachments?name=x.jpg`, photo)
    assert.equal((await to(record)).statusCode, 404)
    assert.deepEqual((await to(record)).json(), (await to(newId())).json())
  })

  test('a withdrawn record takes no more files and still shows those it has', async () => {
    const secretary = await city.as('secretary')
    const id = await entered()
    const photo = await picture('yellow').jpeg().toBuffer()
    const file = (await send(photo, 'x.jpg', id)).json()
    await secretary.post(`/api/records/${id}/withdrawal`, { version: 1, reason: '重复登记' })
    assert.equal((await send(await picture('pink').jpeg().toBuffer(), 'y.jpg', id)).statusCode, 410)
    assert.equal((await member.get(`/api/attachments/${file.id}`)).statusCode, 200)
  })
})

describe('how it is served', () => {
  test('photos inline, the rest as downloads; never sniffed, never run', async () => {
    const photo = (await send(await picture('cyan').jpeg().toBuffer(), '照 片".jpg', await entered())).json()
    const inline = await member.get(`/api/attachments/${photo.id}`)
    assert.equal(inline.headers['content-type'], 'image/jpeg')
    assert.equal(inline.headers['x-content-type-options'], 'nosniff')
    assert.match(String(inline.headers['content-security-policy']), /sandbox/)
    assert.equal(inline.headers['content-disposition'], `inline; filename*=UTF-8''${encodeURIComponent('照 片.jpg')}`)
    const paper = (await send(docx(), '通知.docx', await entered())).json()
    assert.match(String((await member.get(`/api/attachments/${paper.id}`)).headers['content-disposition']), /^attachment;/)
    assert.equal((await member.get(`/api/attachments/${paper.id}?size=thumbnail`)).headers['content-type'], paper.mediaType, 'a document has no thumbnail')
    assert.equal((await member.get(`/api/attachments/${paper.id}?size=huge`)).statusCode, 422)
  })

  test('names lose folders and what file systems refuse', () => {
    const names: [string, string][] = [
      ['../../etc/passwd', 'passwd'],
      ['C:\\照片\\会场.jpg', '会场.jpg'],
      ['.htaccess', 'htaccess'],
      ['a\u0000b\r\n.jpg', 'ab.jpg'],
      ['<img src=x>.jpg', 'img src=x.jpg'],
      ['..', '附件'],
      ['', '附件'],
      [`${'长'.repeat(150)}.jpg`, `${'长'.repeat(96)}.jpg`],
    ]
    for (const [given, kept] of names) assert.equal(harmlessName(given), kept)
  })

  test('a file that is no longer in the data directory is told, not a fault', async () => {
    const file = (await send(await picture('orange').png().toBuffer(), 'x.png', await entered())).json()
    await city.owner.query(`update ledger.attachment set hash = repeat('0', 64) where attachment_id = $1`, [file.id])
    const reply = await member.get(`/api/attachments/${file.id}`)
    assert.equal(reply.statusCode, 404)
    assert.match(reply.json().message, /从备份中恢复/)
  })
})
