// `/api/v1/users/{id}/factors`: what a person proves themselves with. People read and prove their own with their session; what they change
// with it takes a recent sign-in (`manage-service.ts`).
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import {
  activate,
  challenge,
  type DemandsFor,
  enroll,
  getFactor,
  listEnrollable,
  listFactors,
  readQrCode,
  remove,
  replaceQuestion,
  resend,
  reset,
  verify,
} from './manage-service.ts'
import {
  activationFromWire,
  begunToWire,
  CatalogAnswer,
  catalogToWire,
  challengeToWire,
  draftFromWire,
  EnrollBody,
  FactorAnswer,
  FactorListAnswer,
  lifetimeOf,
  ProofBody,
  proofFromWire,
  QuestionBody,
  QuestionListAnswer,
  questionsToWire,
  toWire,
  VerifyAnswer,
  VerifyBody,
} from './schema.ts'

const USER = '/api/v1/users/:userId'
const FACTORS = `${USER}/factors`
const FACTOR = `${FACTORS}/:factorId`
const OWN = { zone: 'trusted', bucket: 'api', permission: 'authenticated', cookie: true } as const

export const factorRoutes = (deps: Deps, demandsFor: DemandsFor): readonly Route[] => [
  route({
    ...OWN,
    method: 'GET',
    url: FACTORS,
    summary: "List a person's factors",
    answer: FactorListAnswer,
    async handler({ caller, params }) {
      const { factors } = await listFactors(deps, caller, params.userId ?? '')
      return json(
        200,
        factors.map((factor) => toWire(caller.orgUrl, factor)),
      )
    },
  }),
  route({
    ...OWN,
    method: 'POST',
    url: FACTORS,
    body: EnrollBody,
    summary: 'Enrol a factor: pending until it is activated, but for a question',
    answer: FactorAnswer,
    async handler({ caller, params, query, body }) {
      const draft = draftFromWire(body, query)
      return json(200, begunToWire(caller.orgUrl, await enroll(deps, caller, params.userId ?? '', draft, demandsFor)))
    },
  }),
  route({
    ...OWN,
    method: 'GET',
    url: `${FACTORS}/catalog`,
    summary: 'List the factors that a person may enrol',
    answer: CatalogAnswer,
    async handler({ caller, params }) {
      const { user, list } = await listEnrollable(deps, caller, params.userId ?? '', demandsFor)
      return json(200, catalogToWire(caller.orgUrl, user.id, list))
    },
  }),
  route({
    method: 'GET',
    url: `${FACTORS}/questions`,
    zone: 'trusted',
    bucket: 'api',
    cookie: true,
    summary: 'List the security questions that a person may choose from',
    answer: QuestionListAnswer,
    async handler({ caller, params }) {
      // In the midst of a sign-in nobody has a session yet, and the list is the same for everybody, whether they are there or not.
      if (caller.actor.kind !== 'anonymous') await listFactors(deps, caller, params.userId ?? '')
      return json(200, questionsToWire())
    },
  }),
  route({
    ...OWN,
    method: 'GET',
    url: FACTOR,
    summary: "Read one of a person's factors",
    answer: FactorAnswer,
    handler: async ({ caller, params }) =>
      json(200, toWire(caller.orgUrl, await getFactor(deps, caller, params.userId ?? '', params.factorId ?? ''))),
  }),
  route({
    ...OWN,
    method: 'PUT',
    url: FACTOR,
    body: QuestionBody,
    summary: 'Replace a security question and its answer',
    answer: FactorAnswer,
    async handler({ caller, params, body }) {
      const { userId = '', factorId = '' } = params
      return json(200, toWire(caller.orgUrl, await replaceQuestion(deps, caller, userId, factorId, body.profile)))
    },
  }),
  route({
    ...OWN,
    method: 'DELETE',
    url: FACTOR,
    summary: "Remove one of a person's factors",
    async handler({ caller, params }) {
      await remove(deps, caller, params.userId ?? '', params.factorId ?? '')
      return empty(204)
    },
  }),
  route({
    ...OWN,
    method: 'POST',
    url: `${FACTOR}/lifecycle/activate`,
    body: ProofBody,
    summary: 'Activate a pending factor with a code or an attestation',
    answer: FactorAnswer,
    async handler({ caller, params, body }) {
      const { userId = '', factorId = '' } = params
      const factor = await activate(deps, caller, userId, factorId, activationFromWire(body))
      return json(200, toWire(caller.orgUrl, factor))
    },
  }),
  route({
    ...OWN,
    method: 'POST',
    url: `${FACTOR}/resend`,
    summary: 'Mail the code of a pending factor again',
    answer: FactorAnswer,
    handler: async ({ caller, params }) =>
      json(200, toWire(caller.orgUrl, await resend(deps, caller, params.userId ?? '', params.factorId ?? ''))),
  }),
  route({
    ...OWN,
    method: 'POST',
    url: `${FACTOR}/verify`,
    body: VerifyBody,
    summary: 'Prove a factor; without a proof, ask for its challenge',
    answer: VerifyAnswer,
    async handler({ caller, params, query, body }) {
      const { userId = '', factorId = '' } = params
      const proof = proofFromWire(body)
      if (!proof) {
        const asked = await challenge(deps, caller, userId, factorId, lifetimeOf(query))
        return json(200, challengeToWire(caller.orgUrl, asked))
      }
      await verify(deps, caller, userId, factorId, proof)
      return json(200, { factorResult: 'SUCCESS' })
    },
  }),
  // An `<img>` brings no credential: the link itself is one, for as long as the factor waits to be activated.
  route({
    method: 'GET',
    url: `${FACTOR}/qr/:token`,
    zone: 'none',
    bucket: 'api',
    summary: 'The QR code of a pending factor',
    async handler({ caller, params }) {
      const { userId = '', factorId = '', token = '' } = params
      const bytes = await readQrCode(deps, caller, { userId, id: factorId }, token)
      return { status: 200, file: { type: 'image/png', bytes } }
    },
  }),
  route({
    method: 'POST',
    url: `${USER}/lifecycle/reset_factors`,
    zone: 'trusted',
    bucket: 'api',
    permission: 'okta.users.manage',
    summary: "Remove all of a person's factors",
    async handler({ caller, params }) {
      await reset(deps, caller, params.userId ?? '')
      return json(200, {})
    },
  }),
]
