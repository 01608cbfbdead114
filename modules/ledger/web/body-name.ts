// The name of a unit or Party organisation of which the address holds the id alone.
import { partyOrgPage, unitPage } from '#modules/org/org.contract.ts'
import { CallError, call } from '#web/kit/api/call.ts'

/** The name today, or undefined where there is no such body. Throws a CallError when the server can't be asked. */
export async function bodyNameOf(id: string): Promise<string | undefined> {
  const input = { params: { id } }
  return (await nameOf(() => call(partyOrgPage, input))) ?? (await nameOf(() => call(unitPage, input)))
}

async function nameOf(ask: () => Promise<{ name: string }>): Promise<string | undefined> {
  try {
    return (await ask()).name
  } catch (error) {
    if (error instanceof CallError && error.code === 'not-found') return undefined
    throw error
  }
}
