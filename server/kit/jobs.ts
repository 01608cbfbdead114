// Work that nobody asks for: run every so often for each tenant while the server is up. One run of a job at a time; a failure is logged and the next turn comes.
import type { Pool } from './db.ts'
import { log } from './log.ts'
import type { Notifier } from './notify/notify.ts'
import type { Secrets } from './secrets.ts'
import type { Tenant } from './tenant.ts'

export interface JobHost {
  pool: Pool
  secrets: Secrets
  dataDir: string
  /** Where audit entries are sent beside the database; undefined sends none. */
  syslog: string | undefined
  /** The way out of the house for reminders; undefined keeps them on the page. */
  notifier: Notifier | undefined
}

export interface Job {
  name: string
  everySeconds: number
  run: (host: JobHost, tenant: Tenant) => Promise<void>
}

/** Starts the jobs; the returned function stops them and waits for those that run. */
export function startJobs(jobs: readonly Job[], tenants: readonly Tenant[], host: JobHost): () => Promise<void> {
  const running = new Set<Promise<void>>()
  const timers = jobs.map((job) => {
    let busy = false
    const turn = async (): Promise<void> => {
      for (const tenant of tenants) {
        try {
          await job.run(host, tenant)
        } catch (error) {
          log('job failed', { job: job.name, tenant: tenant.slug, error })
        }
      }
    }
    return setInterval(() => {
      if (busy) return
      busy = true
      const work = turn().finally(() => {
        busy = false
        running.delete(work)
      })
      running.add(work)
    }, job.everySeconds * 1000).unref()
  })
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running)
  }
}
