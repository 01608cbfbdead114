// What later modules may call of the ledger.

export { recordForms, recordsPack } from './ledger.pack.ts'
export { ledgerRoutes } from './ledger.routes.ts'
export { bigrams, checkField, isBlank, oneLine, searchText, storedFields } from './ledger.rules.ts'
export { filesOf, filesOfAll, keepFile, type Looked, lookAt, serveFile, storeFile } from './ledger-files.service.ts'
export { listRecords, recordsOf } from './ledger-list.service.ts'
export { ledgerDataOf } from './ledger-person.service.ts'
export { factsSince, type Touched } from './ledger-since.service.ts'
export { ledgerSources } from './ledger-sources.sql.ts'
export { handedInSince, learnRecords } from './ledger-terms.service.ts'
export { ledgerTodo, type Todo } from './ledger-todo.service.ts'
export { nameOfItem } from './marks/marks.names.ts'
export { markRoutes } from './marks/marks.routes.ts'
