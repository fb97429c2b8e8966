// Bodies are held to their routes' schemas. A schema is compiled when its route is first asked: all of them at once would cost every
// start a third of its time, and memory for the many routes that nobody calls.
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'

/** Nothing is changed to fit, and the first complaint is the only one: to look for all of them would let a body cost more than it is worth. */
const OPTIONS = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allErrors: false,
  addUsedSchema: false,
}

/** @throws Error, when the route is first asked, for a schema that is none */
export function lateValidator(): FastifySchemaCompiler<AnySchema> {
  const ajv = new Ajv(OPTIONS)
  return ({ schema }) => {
    let compiled: ValidateFunction | undefined
    // Fastify reads the complaints where Ajv leaves them: on the function.
    const validate = Object.assign(
      (body: unknown): boolean => {
        compiled ??= ajv.compile(schema)
        const isValid = compiled(body)
        validate.errors = compiled.errors
        return isValid
      },
      { errors: undefined as ErrorObject[] | null | undefined },
    )
    return validate as ReturnType<FastifySchemaCompiler<AnySchema>>
  }
}
