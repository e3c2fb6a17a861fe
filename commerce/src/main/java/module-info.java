/** The example domain, written exactly as an adopter would: pure functions and values. */
module dev.foldstream.commerce {
  requires transitive dev.foldstream.kernel;
  requires static transitive org.jspecify;

  exports dev.foldstream.commerce.account;
  exports dev.foldstream.commerce.customerorders;
  exports dev.foldstream.commerce.events;
  exports dev.foldstream.commerce.fulfilment;
  exports dev.foldstream.commerce.order;
  exports dev.foldstream.commerce.stock;

  // States are package-private; whoever stores them reads their components.
  opens dev.foldstream.commerce.account;
  opens dev.foldstream.commerce.customerorders;
  opens dev.foldstream.commerce.fulfilment;
  opens dev.foldstream.commerce.order;
  opens dev.foldstream.commerce.stock;

  provides dev.foldstream.kernel.Domain with
      dev.foldstream.commerce.CommerceDomain;
}
