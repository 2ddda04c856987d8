import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type Copy, en } from './en.ts'
import { createFormats, type Formats } from '@tollgate/contract/copy'

type LocalizedCopy = { t: Copy; f: Formats }

/** Provides texts and formats to all components below. */
export function CopyProvider(props: {
  copy: Copy
  locale: string
  timeZone?: string
  children: ReactNode
}) {
  const { copy, locale, timeZone, children } = props
  const value = useMemo(
    () => ({ t: copy, f: createFormats(locale, timeZone) }),
    [copy, locale, timeZone],
  )
  return <CopyContext value={value}>{children}</CopyContext>
}

/** The texts (`t`) and formats (`f`) of the user's language. */
export function useCopy(): LocalizedCopy {
  return useContext(CopyContext)
}

const CopyContext = createContext<LocalizedCopy>({ t: en, f: createFormats('en') })
