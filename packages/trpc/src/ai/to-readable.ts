/** A stream that produces parts on demand and ends when the signal is aborted. */
export function toReadable<Part>(
  parts: AsyncGenerator<Part>,
  signal: AbortSignal | undefined,
): ReadableStream<Part> {
  // The SDK stops reading an aborted stream without cancelling it, which would leave it open until its deadline.
  const onAbort = () => void parts.return(undefined)
  signal?.addEventListener('abort', onAbort, { once: true })
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await parts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
