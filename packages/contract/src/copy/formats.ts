/** Numbers, money and dates the way one language writes them. */
export type Formats = ReturnType<typeof createFormats>

const RELATIVE_STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

const DAY = { day: 'numeric', month: 'long' } as const

/** Creates the formats of a language, by default the device's. The time zone is the reader's own unless a test sets it. */
export function createFormats(locale?: string, timeZone?: string) {
  const zone = timeZone ? { timeZone } : {}
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
  const date = dates({ ...DAY, ...zone })
  const utcDate = dates({ ...DAY, timeZone: 'UTC' })
  const time = dates({ hour: '2-digit', minute: '2-digit', ...zone })
  const weekday = dates({ weekday: 'short', day: 'numeric', month: 'short', ...zone })
  const moment = dates({
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...zone,
  })
  const dateTime = dates({ dateStyle: 'long', timeStyle: 'long', ...zone })
  return {
    number: (value: number) => number.format(value),
    percent: (value: number) => percent.format(value / 100),
    /** Minor units: 2000 → "$20", 2050 → "$20.50". */
    money(minorUnits: number, currency: string) {
      const whole = minorUnits % 100 === 0 ? { minimumFractionDigits: 0 } : {}
      const style = new Intl.NumberFormat(locale, { style: 'currency', currency, ...whole })
      return style.format(minorUnits / 100)
    },
    date,
    /** The day in UTC, for what is counted in UTC. */
    utcDate,
    /** With year and zone, where the exact moment matters. */
    dateTime,
    /** Day and time in short: "2 Dec, 12:04". */
    moment,
    time,
    weekday,
    /** 75 → "1:15": how long something has been running. */
    elapsed: (seconds: number) =>
      `${number.format(Math.floor(seconds / 60))}:${twoDigits.format(seconds % 60)}`,
    /** 7 → "7 seconds", 3600 → "1 hour": how long to wait, rounded up to a whole unit. */
    duration(seconds: number) {
      if (seconds <= 60) return lasting(seconds, 'second')
      const minutes = Math.ceil(seconds / 60)
      return minutes < 60 ? lasting(minutes, 'minute') : lasting(Math.ceil(minutes / 60), 'hour')
    },
    /** "in 9 days", "tomorrow". Not on phones: Hermes has no Intl.RelativeTimeFormat. */
    relative(iso: string, now: Date) {
      const ms = new Date(iso).getTime() - now.getTime()
      const step = RELATIVE_STEPS.find((one) => Math.abs(ms) >= one.ms) ?? RELATIVE_STEPS[3]
      const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
      return relative.format(Math.trunc(ms / step.ms), step.unit)
    },
    /** Singular or plural, as in English and German. Does not use Intl.PluralRules, which Hermes lacks. */
    plural: (count: number, forms: { one: string; other: string }) =>
      count === 1 ? forms.one : forms.other,
  }

  function dates(options: Intl.DateTimeFormatOptions) {
    const format = new Intl.DateTimeFormat(locale, options)
    return (iso: string) => format.format(new Date(iso))
  }

  function lasting(value: number, unit: 'second' | 'minute' | 'hour') {
    const style = { style: 'unit', unit, unitDisplay: 'long' } as const
    return new Intl.NumberFormat(locale, style).format(value)
  }
}
