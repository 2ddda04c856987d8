import { useState } from 'react'

/** Unsent input of a form, kept across reloads and checkouts in this window. */
export function useDraft(name: string): [string, (value: string) => void] {
  const key = `tollgate:draft:${name}`
  const [draft, setDraft] = useState(() => sessionStorage.getItem(key) ?? '')
  return [
    draft,
    (value) => {
      sessionStorage.setItem(key, value)
      setDraft(value)
    },
  ]
}
