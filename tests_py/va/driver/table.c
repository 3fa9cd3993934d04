#include "table.h"
#include <stddef.h>

uint32_t table_add(struct table *table, void *thing) {
  if (!thing) return 0;
  for (uint32_t i = 0; i < TABLE_SIZE; i++)
    if (!table->slot[i]) {
      table->slot[i] = thing;
      table->count++;
      return table->base + i;
    }
  return 0;
}

void *table_find(const struct table *table, uint32_t number) {
  uint32_t i = number - table->base;
  return number < table->base || i >= TABLE_SIZE ? NULL : table->slot[i];
}

void *table_take(struct table *table, uint32_t number) {
  void *thing = table_find(table, number);
  if (thing) {
    table->slot[number - table->base] = NULL;
    table->count--;
  }
  return thing;
}
