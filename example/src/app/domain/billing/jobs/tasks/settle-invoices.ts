export async function settleInvoices() {
  return { settled: 0 };
}
