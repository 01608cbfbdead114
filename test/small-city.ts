// About a hundredth of the demonstration city in a database of the test file's own: for tests that write.
import { loadDemo } from '#db/demo/load.ts'
import { type TestDatabase, testDatabase } from './postgres.ts'

/** A fresh database with the small city as tenant 1, dropped when the file ends. Accounts as in db/demo/accounts.ts. */
export async function smallCity(): Promise<TestDatabase> {
  const database = await testDatabase()
  await loadDemo({ ownerUrl: database.url, size: 'small' })
  return database
}
