import { z } from 'zod'
import { type Guest, signInAsGuest } from '../../fixtures/guest.ts'

const card = z.object({ result: z.object({ data: z.object({ url: z.string() }) }) })
const balances = z.object({
  result: z.object({
    data: z.object({
      balances: z.array(z.object({ meter: z.string(), remaining: z.number() })),
    }),
  }),
})

/** Checks what the README promises for the first minute: a guest has ten images, makes one, and has nine left. Throws otherwise. */
export async function playReadmeStory(url: string): Promise<Guest> {
  const page = await fetch(url)
  expectSame('the type of the page', page.headers.get('content-type')?.split(';')[0], 'text/html')
  const guest = await signInAsGuest(url)
  expectSame('images before', await imagesLeft(guest), 10)
  const answer = await guest.call('images.generate', { prompt: 'a fox in the snow' })
  expectSame(`the status of the call (${answer.text})`, answer.status, 200)
  const picture = await fetch(new URL(card.parse(answer.body).result.data.url, url), {
    headers: { authorization: `Bearer ${guest.token}` },
  })
  const bytes = Buffer.from(await picture.arrayBuffer())
  expectSame('the beginning of the picture', bytes.subarray(1, 4).toString(), 'PNG')
  expectSame('images after', await imagesLeft(guest), 9)
  return guest
}

/** How many images a guest has left. */
export async function imagesLeft(guest: Guest): Promise<number | undefined> {
  const { body } = await guest.read('billing.balance')
  return balances
    .parse(body)
    .result.data.balances.find(({ meter }) => meter === 'image_generations')?.remaining
}

function expectSame<T extends string | number>(
  what: string,
  actual: T | undefined,
  expected: T,
): void {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, got ${String(actual)}`)
}
