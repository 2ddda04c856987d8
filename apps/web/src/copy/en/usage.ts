import { enStatuses, type Formats } from '@tollgate/contract/copy'

/** The usage page. */
export const enUsage = {
  usage: {
    title: 'Usage',
    views: { label: 'Views of usage', overview: 'Overview', settings: 'Settings' },
    plan: 'Plan',
    billingPeriod: 'Billing period',
    span: (f: Formats, from: string, until: string) => `${f.date(from)} – ${f.date(until)}`,
    spent: 'Spent this period',
    history: 'Per day',
    historyLead: 'Last 30 days, by UTC day',
    historyEmpty: 'Nothing used yet. The first call shows up here within a second.',
    asTable: 'Show as table',
    asChart: 'Show as chart',
    day: 'Day',
    pace: 'What today comes to at the pace of the last 7 days',
    projectedDay: (date: string, used: string) => `${date}: about ${used} at this pace`,
    total: (f: Formats, total: number, units: string) => `${f.number(total)} ${units}`,
    activity: 'Activity',
    activityLead: 'Every call, every change of your balance, and what was left.',
    activityEmptyTitle: 'No activity yet',
    activityEmptyText: 'Whatever you make is listed here with its price.',
    operation: 'Operation',
    when: 'When',
    status: 'Status',
    cost: 'Cost',
    balance: 'Balance',
    statuses: enStatuses,
    change: 'Balance change',
    csv: 'Export CSV',
    filter: 'Meter',
    show: 'Show',
    shows: {
      all: 'Everything',
      charged: 'Charged',
      released: 'Not charged',
      held: 'Running',
      credits: 'Credits added or removed',
    },
    period: 'Period',
    periods: { all: 'All time', day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' },
    everyMeter: 'All meters',
    noneTitle: 'Nothing matches this filter',
    showEverything: 'Show everything',
    pages: 'Pages of the activity',
    page: (f: Formats, page: number) => `Page ${f.number(page)}`,
    newer: 'Newer',
    older: 'Older',
  },
  spending: {
    summary: (f: Formats, month: { spent: number; cap: number }) =>
      `Monthly limit: ${f.number(month.spent)} of ${f.number(month.cap)}`,
    summaryNone: 'No monthly limit',
    edit: 'Edit',
    close: 'Close',
    consent:
      'Requests over your limit are blocked before they run. Setting one buys nothing and is never billed. Months are counted in UTC.',
    beyond: (amount: string, granted: string) =>
      `${amount} more than the ${granted} you have this period: a limit adds nothing, so these would have to be bought first.`,
    topUp: (f: Formats, topUp: { name: string; packs: number; amount: number; currency: string }) =>
      topUp.packs === 1
        ? `${topUp.name} cost ${f.money(topUp.amount, topUp.currency)} once.`
        : `${f.number(topUp.packs)} × ${topUp.name} cost ${f.money(topUp.amount, topUp.currency)} once.`,
    label: (name: string) => `${name}: monthly limit`,
    none: 'No limit',
    set: 'Set limit',
    change: 'Change limit',
    remove: 'Remove limit',
    spent: (f: Formats, month: { spent: number; cap: number; resetsAt: string }) =>
      `${f.number(month.spent)} of ${f.number(month.cap)} spent this month. Resets on ${f.utcDate(month.resetsAt)}.`,
    failed: 'The limit was not changed. Please try again.',
  },
}
