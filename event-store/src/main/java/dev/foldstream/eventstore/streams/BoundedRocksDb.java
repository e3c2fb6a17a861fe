package dev.foldstream.eventstore.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One bounded cache for all stores of the process: there is one RocksDB for each partition. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  static final long CACHE_BYTES = 96L * 1024 * 1024;

  /** Counted into the cache. Too small a bound stalls writes. */
  static final long WRITE_BUFFER_BYTES = 48L * 1024 * 1024;

  private static final long MEMTABLE_BYTES = 4L * 1024 * 1024;
  private static final int MEMTABLES = 2;
  private static final int BLOOM_BITS = 10;

  // Shared by all stores for the life of the process; never closed.
  private static final Cache CACHE;
  private static final WriteBufferManager BUFFERS;
  private static final BloomFilter BLOOM;

  static {
    RocksDB.loadLibrary();
    CACHE = new LRUCache(CACHE_BYTES);
    BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    BLOOM = new BloomFilter(BLOOM_BITS);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setFilterPolicy(BLOOM);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(MEMTABLE_BYTES);
    options.setMaxWriteBufferNumber(MEMTABLES);
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing is made for one store alone.
  }
}
