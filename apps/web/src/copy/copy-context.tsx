import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type Copy, en } from './en.ts'
import { createFormats, type Formats } from '@tollgate/contract/copy'

export type Locale = 'en' | 'de'

type Spoken = { t: Copy; f: Formats }

/** Gives every component below it its words and formats. */
export function CopyProvider(props: {
  copy: Copy
  locale: string
  timeZone?: string
  children: ReactNode
}) {
  const { copy, locale, timeZone, children } = props
  const spoken = useMemo(
    () => ({ t: copy, f: createFormats(locale, timeZone) }),
    [copy, locale, timeZone],
  )
  return <SpokenContext value={spoken}>{children}</SpokenContext>
}

/** The words (`t`) and formats (`f`) of the reader's language. */
export function useCopy(): Spoken {
  return useContext(SpokenContext)
}

const SpokenContext = createContext<Spoken>({ t: en, f: createFormats('en') })
