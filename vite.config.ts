// The web pages: a static single-page app, built to web/build and served by our own server; `/api` goes to it in development.
import { fileURLToPath } from 'node:url'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: process.env.DAJUAN_PAGES ?? 'web/build', fallback: 'index.html', precompress: true }),
      files: {
        src: 'web',
        assets: 'web/static',
        routes: 'web/routes',
        serviceWorker: 'web/service-worker',
        appTemplate: 'web/app.html',
        errorTemplate: 'web/error.html',
      },
      paths: { relative: false },
      // Registered by the page that needs it, for its own pages.
      serviceWorker: { register: false },
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
                // What reads rubrics is for the editor alone.
                { name: 'kit', test: /@tanstack|web\/kit\/|\/base\/(?!yaml|shape|suggest)/ },
              ],
            },
          },
        },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? '8080'}` } },
})
