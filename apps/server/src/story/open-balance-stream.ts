/** A balance stream as it comes over the wire. */
export type BalanceStream = {
  received(): string
  /** Resolves when the server has ended it. */
  ended: Promise<void>
  close(): void
}

/** Opens a balance stream and waits until it has said something about balances or why it cannot. */
export async function openBalanceStream(url: string, token: string): Promise<BalanceStream> {
  const closing = new AbortController()
  const response = await fetch(`${url}/trpc/billing.onBalance`, {
    headers: { authorization: `Bearer ${token}` },
    signal: closing.signal,
  })
  let text = ''
  let wake = () => {}
  const hasSpoken = new Promise<void>((resolve) => (wake = resolve))
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (/"remaining"|"kind"/u.test(text)) wake()
    }
  }
  const ended = read()
    .catch(() => {})
    .finally(() => wake())
  await hasSpoken
  return { received: () => text, ended, close: () => closing.abort() }
}
