/** A value with Symbol.asyncDispose is disposed of at shutdown. */
export default async function openBank() {
  return { bank: { async [Symbol.asyncDispose]() {} } };
}
