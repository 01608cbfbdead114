export { suggest } from '#base/suggest.ts'
