// Reads a csv or xlsx file into rows of text. Runs in a worker of its own with a memory limit: a file that was made to burst
// harms nobody, and a big one does not hold up the server. As a worker it answers the bytes it is given.
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { csvCells } from '#base/csv.ts'
import { Refusal } from '#base/errors.ts'
import { mustUnpack } from './imports.zip.ts'

const MOST_ROWS = 100_000
const MOST_CELLS = 60
const SECONDS = 60

/** The first row that is not empty, and those after it, empty ones kept so that line numbers are the file's. */
export interface Sheet {
  header: string[]
  /** Line of the header in the file, from 1. */
  headerLine: number
  rows: string[][]
}

type Answer = { ok: true; sheet: Sheet } | { ok: false; message: string }

/** Reads a file; refuses one that is empty, broken, encrypted, too long or of another kind, saying what to do. */
export async function readSheet(bytes: Uint8Array): Promise<Sheet> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { importFile: bytes }, resourceLimits: { maxOldGenerationSizeMb: 512 }, stdout: false })
  const answer = await new Promise<Answer>((resolve) => {
    const broken = (message: string) => resolve({ ok: false, message })
    const timer = setTimeout(() => broken('文件太复杂，一分钟内读不完。请删去多余的工作表和格式，或另存为 csv 再传。'), SECONDS * 1000)
    worker.on('message', (value: Answer) => resolve(value))
    worker.on('error', (error: Error & { code?: string }) =>
      broken(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? '文件展开后太大，读不了。请拆成几个文件，或另存为 csv 再传。'
          : '文件读不了，可能已经损坏。请用表格软件打开后重新另存为 xlsx 或 csv。',
      ),
    )
    worker.on('exit', () => {
      clearTimeout(timer)
      broken('文件读不了，可能已经损坏。请用表格软件打开后重新另存为 xlsx 或 csv。')
    })
  })
  await worker.terminate()
  if (!answer.ok) throw new Refusal('invalid', answer.message, [{ field: '/file', message: answer.message }])
  return answer.sheet
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value).trim()
}

async function rowsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const starts = (...given: number[]) => given.every((byte, index) => bytes[index] === byte)
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal('invalid', '这是旧版 xls 或加密的文件。请打开后另存为不加密的 xlsx 或 csv 再传。')
  if (starts(0x50, 0x4b)) {
    mustUnpack(bytes)
    const { readXlsx } = await import('hucre/xlsx')
    const book = await readXlsx(bytes, { sheets: [0], maxRows: MOST_ROWS + 50 })
    return book.sheets[0]?.rows ?? []
  }
  if (bytes.includes(0)) throw new Refusal('invalid', '这不是 csv 或 xlsx 文件。请用表格软件另存为其中一种再传。')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  const { rows, diagnostics } = csvCells(text.replace(/^\uFEFF/, ''), '', separatorOf(text))
  if (diagnostics[0] !== undefined) throw new Refusal('invalid', `第 ${diagnostics[0].line} 行的双引号没有配对，读不出各列。请用表格软件打开，改好后另存再传。`)
  return rows.map((row) => row.map((cell) => cell.text))
}

/** The mark that stands most often in the first lines: some spreadsheets write semicolons, copies from one write tabs. */
function separatorOf(text: string): ',' | ';' | '\t' {
  const top = text.split(/[\r\n]+/, 5).join('')
  const count = (mark: string): number => top.split(mark).length
  return ([',', ';', '\t'] as const).toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

async function sheetOf(bytes: Uint8Array): Promise<Sheet> {
  const rows = (await rowsOf(bytes)).map((row) => Array.from(row, cellText))
  const top = rows.findIndex((row) => row.filter((cell) => cell !== '').length > 1)
  const header = rows[top]
  if (header === undefined || rows.length < top + 2) throw new Refusal('invalid', '文件里没有数据。第一行应是列名，从第二行起一行一条。')
  if (header.length > MOST_CELLS) throw new Refusal('invalid', `列太多（${header.length}列），最多${MOST_CELLS}列。请删去不需要的列。`)
  const data = rows.slice(top + 1)
  while (data.length > 0 && data.at(-1)?.every((cell) => cell === '') === true) data.pop()
  if (data.length > MOST_ROWS) throw new Refusal('invalid', `行太多，一次最多${MOST_ROWS}行。请拆成几个文件。`)
  return { header, headerLine: top + 1, rows: data }
}

const given = (workerData as { importFile?: Uint8Array } | null)?.importFile
if (parentPort !== null && given !== undefined) {
  const port = parentPort
  sheetOf(given).then(
    (sheet) => port.postMessage({ ok: true, sheet } satisfies Answer),
    (error: unknown) =>
      port.postMessage({
        ok: false,
        message: error instanceof Refusal ? error.message : '文件读不了，可能已经损坏。请用表格软件打开后重新另存为 xlsx 或 csv。',
      } satisfies Answer),
  )
}
