import { deMeterUnits, featureNames, meterNames, procedureNames } from '@tollgate/contract/copy'
import type { Copy } from '../en.ts'

/** Balances, costs and receipts. */
export const deBalance: Pick<Copy, 'meter' | 'feature' | 'procedure' | 'cost' | 'receipt'> = {
  meter: {
    name: meterNames({
      image_generations: 'Bilder',
      ai_tokens: 'KI-Token',
      api_calls: 'API-Aufrufe',
    }),
    unit: deMeterUnits,
    left: (f, remaining) => `${f.number(remaining)} übrig`,
    units: (f, meter, count) => f.plural(count, deBalance.meter.unit(meter)),
    used: (f, meter, used, granted) =>
      `${f.number(used)} von ${f.number(granted)} ${deBalance.meter.units(f, meter, granted)} verbraucht`,
    held: (f, held) => `${f.number(held)} reserviert`,
    heldHint: 'Reserviert für das, was gerade läuft. Nicht Gebrauchtes kommt zurück.',
    unlimited: (f, meter, used) =>
      `Unbegrenzt · ${deBalance.cost.fixed(f, meter, used)} verbraucht`,
    overage: (f, overage) => `${f.number(overage)} über dem Enthaltenen`,
    overageText:
      'Was darüber liegt, wird nicht berechnet. Neue Anfragen warten, bis wieder Guthaben da ist.',
    notIncluded: 'Nicht in Ihrem Tarif',
    unknown: 'Stand nicht verfügbar',
    unknownHint:
      'Die Abrechnung ist gerade nicht erreichbar. Ihr Stand ist sicher; wir versuchen es weiter.',
    resets: (f, iso) => `Erneuert am ${f.date(iso)}`,
    resetsIn: (f, iso, now) => `Erneuert am ${f.date(iso)}, ${f.relative(iso, now)}`,
    neverResets: 'Wird nicht erneuert',
    state: {
      ok: 'Im Rahmen',
      warning: 'Wird knapp',
      critical: 'Fast verbraucht',
      exhausted: 'Verbraucht',
      overage: 'Über dem Limit',
      unlimited: 'Unbegrenzt',
      unknown: 'Nicht verfügbar',
    },
    sources: 'Woher sie kommen',
    sourceOrder: 'Was zuerst verfällt, wird zuerst verbraucht.',
    sourceLeft: (f, remaining, granted) => `${f.number(remaining)} von ${f.number(granted)} übrig`,
    expires: (f, iso) => `bis ${f.date(iso)}`,
    neverExpires: 'verfällt nicht',
    pace: (f, used) => `Bei gleichmäßigem Tempo bisher: ${f.number(used)}`,
    runsOut: (f, iso, days) =>
      `Bei diesem Tempo reicht es bis etwa ${f.date(iso)}, ${f.number(days)} ${f.plural(days, { one: 'Tag', other: 'Tage' })} vor der Erneuerung.`,
  },
  feature: featureNames({
    unlimited_api_calls: 'Unbegrenzte API-Aufrufe',
    hd_images: 'HD-Bilder',
  }),
  procedure: procedureNames({
    'images.generate': 'Bild',
    'text.summarize': 'Zusammenfassung',
    'tools.qrCode': 'QR-Code',
  }),
  cost: {
    fixed: (f, meter, amount) => `${f.number(amount)} ${deBalance.meter.units(f, meter, amount)}`,
    about: (f, cost) =>
      `≈ ${f.number(cost.low)}–${f.number(cost.high)} ${deBalance.meter.units(f, cost.meter, cost.high)}`,
    held: (f, hold) => `bis zu ${f.number(hold)} reserviert`,
  },
  receipt: {
    line: (f, used, remaining) =>
      remaining === null
        ? `${used} verbraucht`
        : `${used} verbraucht · ${f.number(remaining)} übrig`,
    chargedBefore: 'Dieselbe Karte wie zuvor · kostenlos',
    replayed: 'Das ist die Antwort auf Ihren früheren Klick. Er wurde einmal berechnet.',
    notCharged: 'Es wurde nichts berechnet.',
    charged:
      'Es wurde einmal berechnet. Drücken Sie noch einmal, um das Ergebnis kostenlos zu holen.',
    unknown: 'Wir prüfen, ob das berechnet wurde.',
    running: 'Es läuft noch.',
  },
}
