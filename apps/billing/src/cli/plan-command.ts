import { defineCommand } from 'citty'
import { changePlanCommand } from './change-plan-command.ts'
import { migratePlanCommand } from './migrate-plan-command.ts'
import { showPlanCommand } from './show-plan-command.ts'

/** `billing plan show|change|migrate` */
export const planCommand = defineCommand({
  meta: {
    name: 'plan',
    description: 'Show or change a customer’s plan, or give existing customers what a plan gained',
  },
  subCommands: {
    show: showPlanCommand,
    change: changePlanCommand,
    migrate: migratePlanCommand,
  },
})
