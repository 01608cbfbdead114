// Shows on stderr how far long work has come: a bar on a terminal, a line now and then elsewhere; silent for the first two seconds.

/** Where the work stands. `step` may be called as often as you like. */
export interface Progress {
  /** `done` of `total` units; without a total only the time is shown. */
  step: (done: number, total?: number) => void
  end: () => void
}

const QUIET_MS = 2000
const BAR = 28

/** One line: label, bar or nothing when there is no total, share, seconds. */
function progressLine(label: string, done: number, total: number | undefined, seconds: number): string {
  if (total === undefined || total <= 0) return `${label} … ${Math.round(seconds)} s`
  const share = Math.min(1, Math.max(0, done / total))
  const full = Math.round(share * BAR)
  return `${label} [${'█'.repeat(full)}${'·'.repeat(BAR - full)}] ${String(Math.floor(share * 100)).padStart(3)} % ${Math.round(seconds)} s`
}

/** Starts showing progress under `label`; always call `end`. */
export function startProgress(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const started = performance.now()
  let done = 0
  let total: number | undefined
  let shown = false
  const draw = () => {
    const line = progressLine(label, done, total, (performance.now() - started) / 1000)
    shown = true
    stream.write(stream.isTTY ? `\r${line}\x1b[K` : `${line}\n`)
  }
  let timer: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    draw()
    timer = setInterval(draw, stream.isTTY ? 250 : 5000)
    timer.unref()
  }, QUIET_MS)
  first.unref()
  return {
    step: (now, of) => {
      done = now
      total = of ?? total
    },
    end: () => {
      clearTimeout(first)
      clearInterval(timer)
      if (!shown) return
      if (total !== undefined) done = total
      draw()
      if (stream.isTTY) stream.write('\n')
    },
  }
}

/** Runs `work` under a progress line and ends the line whether it succeeds or fails. */
export async function withProgress<T>(label: string, work: (step: Progress['step']) => Promise<T>): Promise<T> {
  const progress = startProgress(label)
  try {
    return await work(progress.step)
  } finally {
    progress.end()
  }
}
