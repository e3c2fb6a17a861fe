package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.rows.RowFields;
import dev.foldstream.viewstore.rows.RowShape;

/** What every question to a view needs, made once. */
record ElasticsearchView(
    RowShape shape, RowFields fields, ElasticsearchRows rows, ElasticsearchQuery query) {

  static ElasticsearchView of(ViewDefinition view, ElasticsearchHttp http) {
    var row = view.feature().row();
    var shape = RowShape.of(row);
    var fields = RowFields.of(row);
    return new ElasticsearchView(
        shape, fields, new ElasticsearchRows(http, shape), new ElasticsearchQuery(fields));
  }
}
