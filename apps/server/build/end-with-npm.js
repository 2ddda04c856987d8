// npm passes SIGTERM and SIGINT on to what it runs, and nothing when it is killed or its terminal goes: then the server ends by itself.
// What another program starts may outlive that (nohup, setsid, a supervisor), so the server watches npm alone.
import { readFileSync } from 'node:fs'

const POLL_MS = 500

const { scripts } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
)
if (process.env.npm_lifecycle_script?.startsWith(scripts.start)) {
  const npm = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, POLL_MS)
  watch.unref()
}
