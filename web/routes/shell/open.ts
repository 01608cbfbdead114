// Paths that anyone may open without signing in; everything else sends to the sign-in page.

const open = ['/sign-in', '/answers', '/notices', '/coverage', '/kit', '/12345']

/** True for a path that needs no session. */
export function isOpenPath(path: string): boolean {
  return open.some((start) => path === start || path.startsWith(`${start}/`))
}

/** True for a page that goes on without network, with what was taken along. */
export function isOfflinePath(path: string): boolean {
  return path === '/inspections/visit'
}

/** Where to go after signing in: a path of ours, never another site. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/'
}
