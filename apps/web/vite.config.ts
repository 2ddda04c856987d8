import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { precompress } from './precompress.config.ts'

const server = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), absolutePreview(), precompress()],
  define: { 'import.meta.env.VITE_DEV_PANEL': JSON.stringify(`${server}/dev`) },
  server: {
    host: '127.0.0.1',
    port: Number(process.env['WEB_PORT'] ?? 5173),
    strictPort: true,
    proxy: { '/trpc': server, '/api': server },
  },
  build: {
    outDir: mode === 'gallery' ? 'test-results/gallery-build' : 'dist',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // A font inside a style sheet would need `data:` in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The gallery is a page for development and tests, and never part of the Studio.
      input: path.join(import.meta.dirname, mode === 'gallery' ? 'gallery.html' : 'index.html'),
      output: {
        // React on its own: it changes rarely, and the size budget leaves it out.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            // What later parts share with the first page comes in one piece: every file is a request.
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
}))

/** Previews of links need an absolute address, which a build learns from the same variable as the server. */
function absolutePreview(): Plugin {
  const url = process.env['PUBLIC_URL'] ?? ''
  return {
    name: 'absolute-preview',
    transformIndexHtml: (page) => page.replace('"/open-graph.png"', `"${url}/open-graph.png"`),
  }
}
