// Loads endpoints into pages: cached, deduplicated, reloaded when their inputs change; lists come page by page, by key.
import { createInfiniteQuery, createQuery, QueryClient } from '@tanstack/svelte-query'
import type { Static, TSchema } from 'typebox'
import type { Endpoint } from '#base/endpoint.ts'
import { CallError, call, type Input } from './call.ts'

/** The one cache of the pages. Refusals are not asked again; a lost connection is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof CallError && error.code === 'offline' && count < 2,
    },
  },
})

type Ask<P extends TSchema, Q extends TSchema, B extends TSchema> = Input<P, Q, B> & { when?: boolean }

/**
 * The reply of a GET endpoint, reloaded when `input` (a function, so that it is reactive) changes; the last reply stays on show meanwhile.
 * `when: false` waits. Read `.data`, `.isPending`, `.error`, `.isFetching`, `.refetch()`.
 */
export function load<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(endpoint: Endpoint<P, Q, B, R>, input: () => Ask<P, Q, B>) {
  return createQuery<Static<R>>(() => {
    const { when = true, ...given } = input()
    return {
      queryKey: [endpoint.id, given],
      queryFn: ({ signal }) => call(endpoint, given as unknown as Input<P, Q, B>, signal),
      enabled: when,
      placeholderData: (before: Static<R> | undefined) => before,
    }
  })
}

/** A list reply: its rows, the key of the next page or null, and how many there are (`capped`: at least so many). */
export interface Page<Row> {
  rows: Row[]
  next: string | null
  total?: Total | null
}

export interface Total {
  count: number
  capped: boolean
}

/** The row of a list endpoint's reply. */
type RowOf<R extends TSchema> = Static<R> extends { rows: (infer Row)[] } ? Row : never

/** The pages of a list endpoint whose query takes `after` (the key) and whose reply is a Page; `.rows` holds all rows loaded so far. */
export function loadPages<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  endpoint: Endpoint<P, Q, B, R>,
  input: () => Ask<P, Q, B>,
): Pages<RowOf<R>> {
  const query = createInfiniteQuery(() => {
    const { when = true, ...given } = input() as { when?: boolean; query?: Record<string, unknown> }
    return {
      queryKey: [endpoint.id, 'pages', given],
      queryFn: async ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) => {
        const asked = { ...given, query: { ...given.query, after: pageParam ?? undefined } }
        return (await call(endpoint, asked as unknown as Input<P, Q, B>, signal)) as Page<RowOf<R>>
      },
      initialPageParam: null as string | null,
      getNextPageParam: (last: Page<RowOf<R>>) => last.next,
      enabled: when,
    }
  })
  return {
    get rows() {
      return query.data?.pages.flatMap((page) => page.rows) ?? []
    },
    get total() {
      return query.data?.pages[0]?.total ?? null
    },
    get pending() {
      return query.isPending
    },
    get busy() {
      return query.isFetching
    },
    get error() {
      return query.error
    },
    get hasMore() {
      return query.hasNextPage
    },
    more: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  }
}

/** A list as a page shows it; reactive. */
export interface Pages<Row> {
  readonly rows: Row[]
  readonly total: Total | null
  readonly pending: boolean
  readonly busy: boolean
  readonly error: Error | null
  readonly hasMore: boolean
  more: () => void
  again: () => void
}

/** After a write: what these endpoints have told is stale and is asked again where it is on show. No endpoint: everything. */
export function refresh(...endpoints: { id: string }[]): Promise<unknown> {
  if (endpoints.length === 0) return queryClient.invalidateQueries()
  return Promise.all(endpoints.map((endpoint) => queryClient.invalidateQueries({ queryKey: [endpoint.id] })))
}
