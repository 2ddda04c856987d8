import { describeBilled } from '@tollgate/testing/conformance'
import { conformanceHouse } from './fixtures/conformance-house.ts'
import { appRouter } from './router.ts'

describeBilled(appRouter, conformanceHouse(appRouter))
