import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// The typed client alone, as an app without React would load it; measured by size-limit.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'test-results/client-build',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: fileURLToPath(new URL('../../packages/client/src/index.ts', import.meta.url)),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'client.js' },
    },
  },
})
