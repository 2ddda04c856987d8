import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MOVED } from './moved.ts'

/** Writes a page at every old path that redirects to the new one and keeps the anchor. */
export async function writeRedirects({ outDir, base }: { outDir: string; base: string }) {
  for (const [from, to] of Object.entries(MOVED)) {
    const file = path.join(outDir, `${from}.html`)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, redirect(`${base}${to}`))
  }
}

function redirect(to: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Moved</title>
    <meta http-equiv="refresh" content="0; url=${to}">
    <script>location.replace(${JSON.stringify(to)} + location.hash)</script>
  </head>
  <body><a href="${to}">This page has moved.</a></body>
</html>
`
}
