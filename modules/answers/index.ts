// What the app may call of answers.
export { coveragePack, figuresPack, noticesPack, sheetFolder } from './answers.pack.ts'
export { answersRoutes } from './answers.routes.ts'
export { figuresOf } from './answers.service.ts'
export { checkAnswers } from './answers-definitions.ts'
export { figureSubject, sheetSubject } from './answers-release.service.ts'
