// What later modules and the app may call of scoring.
export { dryRoutes } from './dry/dry.routes.ts'
export { className } from './scoring.basis.ts'
export { checkBoards, scoringPack } from './scoring.pack.ts'
export { scoringRoutes } from './scoring.routes.ts'
export { itemsOf } from './scoring.rules.ts'
export { runResults, type ScoredResult } from './scoring.runs.ts'
