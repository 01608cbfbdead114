// What the app may call of answers.
export { coveragePack, figuresPack, noticesPack, sheetFolder } from './answers.pack.ts'
export { answersRoutes } from './answers.routes.ts'
export { checkAnswers } from './answers-definitions.ts'
export { countSheet } from './answers-figures.service.ts'
