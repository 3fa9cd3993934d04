/* Things by number. A number of one table is never found in another. */
#ifndef ZCSW_TABLE_H
#define ZCSW_TABLE_H

#include <stdint.h>

enum { TABLE_SIZE = 1024 };

struct table {
  uint32_t base; /* of its numbers */
  uint32_t count;
  void *slot[TABLE_SIZE];
};

/* The thing's number; 0 where the table is full or the thing is NULL. */
uint32_t table_add(struct table *table, void *thing);
/* NULL for a number that is nobody's. */
void *table_find(const struct table *table, uint32_t number);
/* As find, and the number is nobody's from now on. */
void *table_take(struct table *table, uint32_t number);

#endif
