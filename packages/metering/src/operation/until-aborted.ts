/** Reads a source until it ends or the signal is aborted, even if the source ignores the signal. */
export async function* untilAborted<Chunk>(
  source: AsyncIterable<Chunk>,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  let isOver = false
  try {
    while (!signal.aborted) {
      isOver = true
      const next = await nextOrAbort(iterator, signal)
      isOver = next?.done === true
      if (!next || next.done) return
      yield next.value
    }
  } finally {
    if (!isOver) {
      const returned = Promise.resolve(iterator.return?.()).catch(() => undefined)
      // A source that ignores its signal may never end.
      if (!signal.aborted) await returned
    }
  }
}

function nextOrAbort<Chunk>(
  iterator: AsyncIterator<Chunk>,
  signal: AbortSignal,
): Promise<IteratorResult<Chunk> | null> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(null)
    signal.addEventListener('abort', onAbort, { once: true })
    const done = () => signal.removeEventListener('abort', onAbort)
    iterator.next().then(resolve, reject).finally(done)
  })
}
