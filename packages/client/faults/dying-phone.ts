import { hundredClicks } from './clicks.ts'
import { fileStorage } from './file-storage.ts'
import { startPhone } from './phone.ts'

/** One run of an app: it records its clicks, sends half of them, and is killed while the answers are in flight. */
const [, , text = '{}'] = process.argv
const life: unknown = JSON.parse(text)
if (!isLife(life)) throw new Error('A life needs url, guest, device, name, first and count.')

const die = () => process.kill(process.pid, 'SIGKILL')
/** Kills the process when an answer arrives, before it is shown. */
class DyingScreen extends Map<string, unknown> {
  override set(): this {
    die()
    return this
  }
}

const clicks = hundredClicks(life.name).slice(life.first, life.first + life.count)
const phone = startPhone({
  url: life.url,
  guest: life.guest,
  storage: fileStorage(life.device),
  results: new DyingScreen(),
  retry: false,
})
const sent = clicks.slice(0, clicks.length / 2)
for (const click of clicks.slice(clicks.length / 2)) phone.record(click)
// Its first requests have been sent, or nearly; the answers are never received.
void phone.press(sent)
setTimeout(die, life.first % 3 === 0 ? 0 : 15)

type Life = {
  url: string
  guest: { token: string; customerId: string }
  device: string
  name: string
  first: number
  count: number
}

function isLife(value: unknown): value is Life {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['url', 'guest', 'device', 'name', 'first', 'count'].every((field) => field in value)
  )
}
