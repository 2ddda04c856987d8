// npm forwards SIGTERM and SIGINT, but no signal when it is killed or its terminal closes: then the server stops itself.
// A server that something else starts may outlive its parent (nohup, setsid, a supervisor), so only npm is watched.
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
