// What later modules and the app may call of scoring.
export { basisOf, className } from './scoring.basis.ts'
export { checkBoards, scoringPack } from './scoring.pack.ts'
export { scoringRoutes } from './scoring.routes.ts'
export { itemsOf } from './scoring.rules.ts'
export { frozenMoment, runResults, type ScoredResult, storeRun } from './scoring.runs.ts'
