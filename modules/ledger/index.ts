// What later modules may call of the ledger.
export { recordsPack } from './ledger.pack.ts'
export { ledgerSources } from './ledger-sources.sql.ts'
