// What others may use of the engine.
export type { Decimal } from '#base/decimal.ts'
export type { Checked } from '#base/errors.ts'
export type { Path } from '#base/shape.ts'
export { type PlaceOf, parseYaml } from '#base/yaml.ts'
export { type AnalysedRow, analyse, type ItemNumbers, mostPoints, type Pair, type Shares } from '#engine/analysis.ts'
export { type Catalogue, type Column, type ColumnType, findSource, markSource, type Source, type SubjectKind, successorSource } from '#engine/catalogue.ts'
export { callWords, eachWords, overWords } from '#engine/cel-words.ts'
export { type LoadedRubric, loadDefinition, loadRubric } from '#engine/check.ts'
export { checkMeasures } from '#engine/check-measure.ts'
export { type Context, contextOf, defaultContext, endBefore, yearBefore } from '#engine/context.ts'
export { Measure as measureSchema } from '#engine/definition.ts'
export { type Change, rubricDiff, type Saying } from '#engine/diff.ts'
export { type Explanation, explainItem, type InputText } from '#engine/explain.ts'
export { isOrElse, measureName, peerText } from '#engine/explain-rule.ts'
export { type BlockExplanation, explainTotal, type TotalExplanation } from '#engine/explain-total.ts'
export { type Expr, references } from '#engine/expr.ts'
export { type Bases, basesAmong, chainOf, type Definition, extendedBy, readDefinition } from '#engine/extend.ts'
export { rubricJsonSchema } from '#engine/extension.ts'
export { type Evidence, figureSql, itemRowsSql, type RowsOptions, rowsSql, vetoRowsSql, type Whose } from '#engine/figure-sql.ts'
export { allowedBy, type Competes, type GradeStep, gradeSteps, placeOfGrade, thresholdGrade, vetoEffect } from '#engine/grade-steps.ts'
export { impossibleConditions, isImpossible } from '#engine/impossible.ts'
export { type BlockIr, type ItemIr, type MeasureIr, type Peers, peersName, type RubricIr, type RuleIr } from '#engine/ir.ts'
export { blocksById, isPeerBased, measuresOf, measuresOfVeto } from '#engine/plan.ts'
export { evaluate, evaluateFigure, type ItemResult, type ResultRow } from '#engine/reference.ts'
export type { Written } from '#engine/reference-cel.ts'
export type { Fact, Facts, Measured } from '#engine/reference-measure.ts'
export type { Sheet } from '#engine/reference-sheet.ts'
export { itemsReading, type KnownRow, rescored, sheetOf } from '#engine/rescore.ts'
export {
  type AddedUp,
  addedUp,
  gradesByItems,
  gradingAmong,
  type Outcome,
  outcomesOf,
  type QuotaGroup,
  quotaGroups,
  readsTotals,
  TOLD,
  telling,
} from '#engine/reweigh.ts'
export { type RunOptions, type RunRow, resultOf, runSql } from '#engine/run-sql.ts'
export { type Scorer, type Settled, scorerOf, withShared } from '#engine/settled-sql.ts'
export { remeasureSql, type SheetRow, sheetColumns, sheetsSql, withMeasured } from '#engine/sheet-sql.ts'
export type { Sql } from '#engine/sql.ts'
