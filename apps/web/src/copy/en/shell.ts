import { enLowBalance, type Formats } from '@tollgate/contract/copy'

/** The frame of every page: navigation, banner, loading. */
export const enShell = {
  brand: 'Tollgate Studio',
  skip: 'Skip to content',
  nav: {
    label: 'Main',
    images: 'Images',
    text: 'Text',
    qr: 'QR code',
    usage: 'Usage',
    plans: 'Plans',
  },
  banner: {
    label: 'Notice',
    ...enLowBalance,
    offline: 'You are offline. Nothing is sent and nothing is charged until you are back.',
    reconnecting: (f: Formats, iso: string) => `Reconnecting, last updated ${f.time(iso)}`,
    stale: (f: Formats, iso: string) => `As of ${f.time(iso)}`,
    unavailable: 'Billing is unavailable. The balance may be out of date.',
    past_due: 'Your last payment failed. Update it to keep your plan.',
    cancelling: (f: Formats, iso: string) => `Your plan ends on ${f.date(iso)}.`,
  },
  offlineButton: 'You are offline',
  loading: 'Loading',
  progress: {
    long: 'This takes longer than usual. What it may cost is only reserved until it is done.',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'The page may have moved.',
    home: 'Back to the Studio',
  },
}
