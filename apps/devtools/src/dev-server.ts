import { readConfig } from '@tollgate/server'
import { run } from '@tollgate/server/run'
import { createMailOutbox } from './panel/create-mail-outbox.ts'
import { createPanel } from './panel/create-panel.ts'
import { createSpanRecorder } from './tracing/create-span-recorder.ts'

// The server of `npm run dev`: with tracing, and a panel to call it as any persona.
const config = readConfig()
const url = `http://127.0.0.1:${config.port}`
const links = [
  { name: 'Studio', url: config.publicUrl },
  ...(config.flowglad
    ? []
    : [{ name: 'Billing console', url: `http://127.0.0.1:${config.billingPort}/console` }]),
]
if (!config.smtp) links.push({ name: 'E-mail outbox', url: `${url}/dev/outbox` })
const outbox = createMailOutbox()
const recorder = createSpanRecorder()
process.stdout.write(`\n  Dev panel  ${url}/dev\n`)

await run(config, {
  routes: createPanel({ url, links, recorder, outbox }),
  spanProcessor: recorder.processor,
  sendMail: outbox.send,
})
