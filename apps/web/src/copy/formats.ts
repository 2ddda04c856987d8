/** Numbers, money and dates the way one language writes them. */
export type Formats = {
  locale: string
  number(value: number): string
  percent(value: number): string
  /** Minor units: 2000 → "$20", 2050 → "$20.50". */
  money(minorUnits: number, currency: string): string
  date(iso: string): string
  /** The day in UTC, for what is counted in UTC. */
  utcDate(iso: string): string
  /** With year and zone, where the exact moment matters. */
  dateTime(iso: string): string
  time(iso: string): string
  weekday(iso: string): string
  /** 75 → "1:15": how long something has been running. */
  elapsed(seconds: number): string
  /** 7 → "7 seconds", 3600 → "1 hour": how long to wait, rounded up to a whole unit. */
  duration(seconds: number): string
  relative(iso: string, now: Date): string
  plural(count: number, forms: { one: string; other: string }): string
  list(items: readonly string[]): string
}

const RELATIVE_STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const

/** Makes the formats of a language; the time zone is the reader's own unless a test says otherwise. */
export function createFormats(locale: string, timeZone?: string): Formats {
  const zone = timeZone ? { timeZone } : {}
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...zone })
  const utcDate = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...zone })
  const weekday = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...zone,
  })
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'long',
    ...zone,
  })
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const plural = new Intl.PluralRules(locale)
  const lasting = (value: number, unit: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
  const list = new Intl.ListFormat(locale)
  return {
    locale,
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    money(minorUnits, currency) {
      const whole = minorUnits % 100 === 0 ? { minimumFractionDigits: 0 } : {}
      const style = new Intl.NumberFormat(locale, { style: 'currency', currency, ...whole })
      return style.format(minorUnits / 100)
    },
    date: (iso) => date.format(new Date(iso)),
    utcDate: (iso) => utcDate.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    weekday: (iso) => weekday.format(new Date(iso)),
    elapsed: (seconds) =>
      `${number.format(Math.floor(seconds / 60))}:${twoDigits.format(seconds % 60)}`,
    duration(seconds) {
      if (seconds <= 60) return lasting(seconds, 'second')
      const minutes = Math.ceil(seconds / 60)
      return minutes < 60 ? lasting(minutes, 'minute') : lasting(Math.ceil(minutes / 60), 'hour')
    },
    relative(iso, now) {
      const ms = new Date(iso).getTime() - now.getTime()
      const step = RELATIVE_STEPS.find((candidate) => Math.abs(ms) >= candidate.ms)
      return step
        ? relative.format(Math.trunc(ms / step.ms), step.unit)
        : relative.format(Math.trunc(ms / 1000), 'second')
    },
    plural: (count, forms) => (plural.select(count) === 'one' ? forms.one : forms.other),
    list: (items) => list.format(items),
  }
}
