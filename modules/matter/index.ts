// matter: what other modules may use.
export { calendarOf, calendarPack, checkCalendar } from './matter-calendar.pack.ts'
