import type { Person } from '../features/account/use-session.ts'
import { StudioBanner } from '../features/alerts/studio-banner.tsx'
import { SwitchedNotice } from '../features/team/switched-notice.tsx'

/** The most urgent banner: that another window has switched accounts, or otherwise the state of the balance. */
export function StudioBanners(props: { person: Person; switchedTo: string | null | undefined }) {
  const { person, switchedTo } = props
  if (switchedTo === undefined) return <StudioBanner />
  return <SwitchedNotice person={person} actingFor={switchedTo} />
}
