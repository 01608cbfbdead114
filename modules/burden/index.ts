// What later modules and the app may call of burden.
export { burdenPack, checkForms, type Form, type FormField, termsPack, useForms } from './burden.pack.ts'
export { burdenRoutes } from './burden.routes.ts'
export { charge, knownOf, learn, measuredMinutes, type OurAsking, preview, priceOf, type Source } from './burden.service.ts'
export { complaintTodo } from './burden-complaint.service.ts'
export { burdenDataOf } from './burden-person.service.ts'
export { burdenSubject } from './burden-published.service.ts'
export { type SubmissionsOf, useSubmissions } from './burden-totals.service.ts'
