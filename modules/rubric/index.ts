// What later modules and the app may call of rubric.
export { checkLint, type LintPack, lintPack } from './lint/lint.pack.ts'
export { type Finding, gravest, lintRubric, lintText, type Readable, rulesOn, wordOfSeverity } from './lint/lint.rules.ts'
export { catalogueOf, catalogueOfPack } from './rubric.catalogue.ts'
export { checkRubrics, rubricFolder, rubricsOfPack } from './rubric.pack.ts'
export { rubricRoutes } from './rubric.routes.ts'
export { wordsOfGrades } from './rubric.rules.ts'
export {
  freezeRubric,
  listRubricRows,
  loadPackRubrics,
  mustBeReleased,
  type Rubric,
  releaseNumber,
  rubricOf,
  rubricSubject,
  storedBases,
} from './rubric.service.ts'
export { inWords } from './rubric-expr.rules.ts'
export { type ValueName, valueNames } from './rubric-names.ts'
export { wordsOfExpr, wordsOfPeers } from './rubric-words.rules.ts'
