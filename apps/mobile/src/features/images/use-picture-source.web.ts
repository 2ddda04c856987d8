import { useEffect, useState } from 'react'
import type { ImageURISource } from 'react-native'
import { serverUrl } from '../../config.ts'
import { useSignedIn } from '../session/session-provider.tsx'

/** The same in a browser, whose image requests carry no token: fetches the picture with it; null until it is loaded. */
export function usePictureSource(path: string): ImageURISource | null {
  const { token } = useSignedIn()
  const [uri, setUri] = useState<string | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    let shown: string | null = null
    async function show() {
      const answer = await fetch(`${serverUrl()}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        credentials: 'omit',
        signal: leaving.signal,
      })
      if (!answer.ok) return
      const picture = await answer.blob()
      if (leaving.signal.aborted) return
      shown = URL.createObjectURL(picture)
      setUri(shown)
    }
    // A picture that fails to load is still paid for, and loads when the screen is opened again.
    show().catch(() => {})
    return () => {
      leaving.abort()
      if (shown) URL.revokeObjectURL(shown)
    }
  }, [path, token])
  return uri === null ? null : { uri }
}
