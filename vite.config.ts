// The web pages: a static single-page app, built to web/build and served by our own server; `/api` goes to it in development.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

/** CSP sources for the inline scripts of app.html; SvelteKit only hashes its own. */
function templateHashes(): `sha256-${string}`[] {
  const html = readFileSync('web/app.html', 'utf8')
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    (match) =>
      `sha256-${createHash('sha256')
        .update(match[1] ?? '')
        .digest('base64')}` as const,
  )
}

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: process.env.DAJUAN_PAGES ?? 'web/build', fallback: 'index.html', precompress: true }),
      files: { src: 'web', assets: 'web/static', routes: 'web/routes', appTemplate: 'web/app.html', errorTemplate: 'web/error.html' },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', ...templateHashes()],
          'style-src': ['self'],
          // SvelteKit's announcer of page changes carries one inline style.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:', 'blob:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
        },
      },
      paths: { relative: false },
    }),
  ],
  // Contracts are imported for their paths and types; the browser never validates with them.
  resolve: { alias: { typebox: fileURLToPath(new URL('web/kit/api/schema-shape.ts', import.meta.url)) } },
  build: { target: 'chrome109', cssTarget: 'chrome109' },
  // Small shared pieces travel together: on a slow machine twenty requests cost more than their bytes.
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // Alone: SvelteKit fills it before it loads the rest. Together with the rest, its version is missing, and a page that isn't there reloads for ever.
                { name: 'payload', test: /runtime\/client\/payload\.js/, priority: 1 },
                { name: 'kit', test: /@tanstack|web\/kit\/|\/base\// },
              ],
            },
          },
        },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? '8080'}` } },
})
