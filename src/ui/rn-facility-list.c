/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Service areas, toll plazas, checkpoints and the other facilities of the network as rows, and the
 * devices in the field, those that are not as usual first. No state; functions of the frame. */
#include "ui/rn-facility-list.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-device-text.h"
#include "ui/rn-facility-limits.h"
#include "ui/rn-side-text.h"

enum { CHIP_ALL, CHIP_STRAINED, CHIP_AREAS, CHIP_PLAZAS, CHIP_CHECKPOINTS, CHIP_DEVICES };

static const RnListChip chips[] = {
  [CHIP_ALL] = { "all", N_("All") },
  [CHIP_STRAINED] = { "strained", N_("Not as usual") },
  [CHIP_AREAS] = { "service-areas", N_("Service areas") },
  [CHIP_PLAZAS] = { "toll-plazas", N_("Toll plazas") },
  [CHIP_CHECKPOINTS] = { "checkpoints", N_("Checkpoints") },
  [CHIP_DEVICES] = { "devices", N_("Devices") },
};

/* ---- strain -------------------------------------------------------------------------------- */

static double
share_used (int used, int total)
{
  return used >= 0 && total > 0 ? (double) used / total : NAN;
}

/* The fullest of the two car parks; NaN unknown. */
static double
parking_share (const RnFacilityState *state)
{
  return fmax (share_used (state->car_used, state->car_total),
               share_used (state->truck_used, state->truck_total));
}

static const RnFuel *
find_lowest_fuel (const RnFacilityState *state)
{
  double limit = rn_facility_limits_get ().fuel_pct;
  const RnFuel *lowest = NULL;

  for (guint i = 0; i < state->n_fuel; i++)
    {
      const RnFuel *fuel = &state->fuel[i];

      if (fuel->available == 0)
        return fuel;
      if (fuel->stock_pct <= limit && (lowest == NULL || fuel->stock_pct < lowest->stock_pct))
        lowest = fuel;
    }
  return lowest;
}

int
rn_facility_strain (const RnFacilityState *state)
{
  RnFacilityLimits limits = rn_facility_limits_get ();
  double parking;

  if (state == NULL)
    return 0;
  parking = parking_share (state);
  if (state->status == RN_AREA_CLOSED || state->entry == RN_ENTRY_CLOSED)
    return 4;
  if (state->status == RN_AREA_FULL || parking >= 1)
    return 3;
  if (state->status == RN_AREA_CONTROLLED || state->entry == RN_ENTRY_METERED
      || parking >= limits.parking_share || state->queue_m >= limits.queue_m)
    return 2;
  return find_lowest_fuel (state) != NULL || state->chargers_queue > 0 ? 1 : 0;
}

const char *
rn_facility_strain_class (int strain)
{
  static const char *const classes[] = { NULL, "tier-4", "tier-3", "tier-2", "tier-1" };

  return classes[CLAMP (strain, 0, 4)];
}

static char *
dup_fuel_words (const RnFuel *fuel)
{
  g_autofree char *stock = rn_text_measure (fuel->stock_pct, 0, "%");
  g_autofree char *grade = rn_side_fuel_title (fuel->grade);

  if (fuel->available == 0)
    return g_strdup_printf (_("%s sold out"), grade);
  return g_strdup_printf (_("%s stock %s"), grade, stock);
}

char *
rn_facility_dup_strain (const RnFacilityState *state)
{
  int strain = rn_facility_strain (state);
  const RnFuel *fuel = strain > 0 ? find_lowest_fuel (state) : NULL;
  double parking = strain > 0 ? parking_share (state) : NAN;
  RnFacilityLimits limits = rn_facility_limits_get ();
  g_autofree char *value = NULL;

  if (strain == 0)
    return NULL;
  if (state->entry == RN_ENTRY_CLOSED)
    return g_strdup (rn_side_entry_title (state->entry));
  if (state->status == RN_AREA_CLOSED)
    return g_strdup (rn_side_area_status_title (state->status));
  if (parking >= limits.parking_share)
    {
      value = rn_text_measure (parking * 100, 0, "%");
      return g_strdup_printf (_("Parking %s"), value);
    }
  if (state->status == RN_AREA_FULL || state->status == RN_AREA_CONTROLLED)
    return g_strdup (rn_side_area_status_title (state->status));
  if (state->queue_m >= limits.queue_m)
    {
      value = rn_text_distance (state->queue_m);
      return g_strdup_printf (_("Queue %s"), value);
    }
  if (state->entry == RN_ENTRY_METERED)
    return g_strdup (rn_side_entry_title (state->entry));
  if (fuel != NULL)
    return dup_fuel_words (fuel);
  value = rn_text_count (state->chargers_queue);
  return g_strdup_printf (_("%s wait to charge"), value);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* Rows are of two types, which begin alike. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnFacility, key) == G_STRUCT_OFFSET (RnDevice, key));

/* The row as a device; NULL when it is one of the network's facilities. */
static const RnDevice *
as_device (const RnFrame *frame, gconstpointer row)
{
  guintptr at = (guintptr) row, first = (guintptr) frame->network->facilities;

  return at >= first && at < (guintptr) (frame->network->facilities + frame->network->n_facilities)
             ? NULL
             : row;
}

static RnSubjectKind
get_subject_kind (const RnFrame *frame, gconstpointer row)
{
  return as_device (frame, row) != NULL ? RN_SUBJECT_DEVICE : RN_SUBJECT_FACILITY;
}

static const RnFacilityState *
state_of (const RnFrame *frame, const RnFacility *facility)
{
  return rn_frame_facility_state (frame, (guint32) (facility - frame->network->facilities));
}

/* What has a state is always there; of the others what an operator works with. */
static gboolean
belongs (RnFacilityType type)
{
  return type == RN_FACILITY_SERVICE_AREA || type == RN_FACILITY_TOLL_PLAZA
         || type == RN_FACILITY_CHECKPOINT;
}

static void
collect (const RnFrame *frame, GPtrArray *rows)
{
  const RnNetwork *network = frame->network;

  for (guint i = 0; i < network->n_facilities; i++)
    if (belongs (network->facilities[i].type) || rn_frame_facility_state (frame, i) != NULL)
      g_ptr_array_add (rows, (gpointer) &network->facilities[i]);
  for (guint i = 0; i < frame->devices->len; i++)
    g_ptr_array_add (rows, frame->devices->pdata[i]);
}

static const char *
get_key (gconstpointer row)
{
  return ((const RnFacility *) row)->key;
}

static gboolean
matches_chip (const RnListContext *context, gconstpointer row, guint chip)
{
  const RnDevice *device = as_device (context->frame, row);
  const RnFacility *facility = row;

  if (device != NULL)
    return chip == CHIP_ALL || chip == CHIP_DEVICES
           || (chip == CHIP_STRAINED && rn_device_text_strain (device, context->now_us) > 0);
  switch (chip)
    {
    case CHIP_DEVICES:
      return FALSE;
    case CHIP_STRAINED:
      return rn_facility_strain (state_of (context->frame, facility)) > 0;
    case CHIP_AREAS:
      return facility->type == RN_FACILITY_SERVICE_AREA;
    case CHIP_PLAZAS:
      return facility->type == RN_FACILITY_TOLL_PLAZA;
    case CHIP_CHECKPOINTS:
      return facility->type == RN_FACILITY_CHECKPOINT;
    case CHIP_ALL:
    default:
      return TRUE;
    }
}

static char *
dup_place (const RnNetwork *network, const RnFacility *facility)
{
  const char *ref = facility->road != RN_NONE ? network->roads[facility->road].ref : NULL;
  g_autofree char *chainage = NULL;

  if (isnan (facility->chainage_m))
    return g_strdup (ref != NULL ? ref : RN_DASH);
  chainage = rn_text_chainage (facility->chainage_m);
  if (g_str_has_suffix (chainage, "+000"))
    chainage[strlen (chainage) - 4] = '\0'; /* K80 */
  return ref != NULL ? g_strdup_printf ("%s %s", ref, chainage) : g_steal_pointer (&chainage);
}

static char *
dup_device_haystack (const RnListContext *context, const RnDevice *device)
{
  g_autofree char *text = rn_device_text_dup_haystack (context->frame, device);

  return g_utf8_casefold (text, -1);
}

static char *
dup_haystack (const RnListContext *context, gconstpointer row)
{
  const RnFacility *facility = row;

  if (as_device (context->frame, row) != NULL)
    return dup_device_haystack (context, row);

  g_autofree char *place = dup_place (context->frame->network, facility);
  g_autoptr (GString) text = g_string_new (place);
  const char *tag, *name;

  for (guint i = 0; rn_names_nth (facility->names, i, &tag, &name); i++)
    g_string_append_printf (text, "\n%s", name);
  g_string_append_printf (text, "\n%s\n%s", rn_facility_type_title (facility->type), facility->id);
  return g_utf8_casefold (text->str, -1);
}

static int
strain_of (const RnListContext *context, gconstpointer row)
{
  return as_device (context->frame, row) != NULL
             ? rn_device_text_strain (row, context->now_us)
             : rn_facility_strain (state_of (context->frame, row));
}

static int
compare_devices (const RnDevice *a, const RnDevice *b)
{
  int by_title;

  if (a->type != b->type)
    return (int) a->type - (int) b->type;
  by_title = g_strcmp0 (rn_device_title (a), rn_device_title (b));
  return by_title != 0 ? by_title : g_strcmp0 (a->key, b->key);
}

static int
compare (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnListContext *context = data;
  const RnDevice *a_device = as_device (context->frame, a_row);
  const RnDevice *b_device = as_device (context->frame, b_row);
  const RnFacility *a = a_row, *b = b_row;
  int a_strain = strain_of (context, a_row), b_strain = strain_of (context, b_row);

  if (a_strain != b_strain)
    return b_strain - a_strain;
  if (a_device != NULL && b_device != NULL)
    return compare_devices (a_device, b_device);
  if (a_device != NULL || b_device != NULL)
    return a_device != NULL ? 1 : -1;
  if (a->type != b->type)
    return a->type == RN_FACILITY_SERVICE_AREA || b->type == RN_FACILITY_CHECKPOINT ? -1
           : b->type == RN_FACILITY_SERVICE_AREA || a->type == RN_FACILITY_CHECKPOINT
               ? 1
               : (int) a->type - (int) b->type;
  if (a->road != b->road)
    return a->road < b->road ? -1 : 1;
  if (a->chainage_m != b->chainage_m && !isnan (a->chainage_m) && !isnan (b->chainage_m))
    return a->chainage_m < b->chainage_m ? -1 : 1;
  return g_strcmp0 (a->key, b->key);
}

static int
compare_road (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnNetwork *network = ((const RnListContext *) data)->frame->network;
  const RnFacility *a = a_row, *b = b_row;
  int by_road = rn_side_compare_roads (network, a->road, b->road);

  if (by_road != 0)
    return by_road;
  if (a->chainage_m != b->chainage_m && !(isnan (a->chainage_m) && isnan (b->chainage_m)))
    return isnan (b->chainage_m) || a->chainage_m < b->chainage_m ? -1 : 1;
  return compare (a, b, data);
}

static int
compare_name (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const char *a = rn_names_get (((const RnFacility *) a_row)->names, NULL);
  const char *b = rn_names_get (((const RnFacility *) b_row)->names, NULL);
  int by_name = a == NULL || b == NULL ? (a == NULL) - (b == NULL) : g_utf8_collate (a, b);

  return by_name != 0 ? by_name : compare (a_row, b_row, data);
}

static const RnListOrder orders[] = {
  { "road", N_("By road"), compare_road },
  { "name", N_("By name"), compare_name },
};

static void
append_part (GString *text, char *part) /* takes it */
{
  if (part == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

/* "1,164/1,150"; NULL when neither is known. */
static char *
dup_pair (int used, int total)
{
  g_autofree char *a = used >= 0 ? rn_text_count (used) : g_strdup (RN_DASH);
  g_autofree char *b = total >= 0 ? rn_text_count (total) : g_strdup (RN_DASH);

  return used < 0 && total < 0 ? NULL : g_strdup_printf ("%s/%s", a, b);
}

static void
append_area (GString *text, const RnFacilityState *state)
{
  g_autofree char *cars = dup_pair (state->car_used, state->car_total);
  g_autofree char *trucks = dup_pair (state->truck_used, state->truck_total);
  g_autofree char *chargers = dup_pair (state->chargers_free, state->chargers_total);

  if (cars != NULL)
    append_part (text, g_strdup_printf (_("cars %s"), cars));
  if (chargers != NULL)
    append_part (text, g_strdup_printf (_("chargers %s"), chargers));
  if (trucks != NULL)
    append_part (text, g_strdup_printf (_("trucks %s"), trucks));
}

static void
append_plaza (GString *text, const RnFacilityState *state)
{
  double sum = (isnan (state->entry_vph) ? 0 : state->entry_vph)
               + (isnan (state->exit_vph) ? 0 : state->exit_vph);
  g_autofree char *lanes = dup_pair (state->lanes_entry, state->lanes_exit);

  if (lanes != NULL)
    append_part (text, g_strdup_printf (_("lanes in / out %s"), lanes));
  if (!isnan (state->entry_vph) || !isnan (state->exit_vph))
    append_part (text, rn_text_measure (sum, 0, _("veh/h")));
  if (!isnan (state->queue_m))
    {
      g_autofree char *queue = rn_text_distance (state->queue_m);

      append_part (text, g_strdup_printf (_("queue %s"), queue));
    }
}

static char *
dup_figures (const RnFacility *facility, const RnFacilityState *state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (facility->type == RN_FACILITY_SERVICE_AREA)
    append_area (text, state);
  else if (facility->type == RN_FACILITY_TOLL_PLAZA)
    append_plaza (text, state);
  else if (state->vehicles_today >= 0)
    {
      g_autofree char *n = rn_text_count (state->vehicles_today);

      append_part (text, g_strdup_printf (_("%s vehicles today"), n));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The right edge: what is not as usual, or how the data are, or that all is as usual. */
static void
describe_edge (const RnListContext *context, const RnFacilityState *state, RnRowText *out)
{
  RnDataAge age;

  if (state == NULL)
    {
      out->word = g_strdup (_("No data"));
      return;
    }
  age = rn_side_feed_age (context->frame, state->source, RN_FEED_FACILITIES, state->observed_at_us,
                          context->now_us);
  if (age.quality > RN_QUALITY_LATE || age.quality == RN_QUALITY_UNKNOWN)
    {
      out->word = rn_side_age_words (age);
      out->word_class = rn_side_age_class (age);
      return;
    }
  out->word = rn_facility_dup_strain (state);
  if (out->word != NULL)
    out->word_class = "strong";
  else
    out->word = g_strdup (_("As usual"));
}

/* The second line: what it shows or measures, after what it is where the title does not say. */
static void
describe_device (const RnListContext *context, const RnDevice *device, RnRowText *out)
{
  int strain = rn_device_text_strain (device, context->now_us);
  g_autofree char *shows = rn_device_dup_shows (device);
  RnDataAge age = rn_side_feed_age (context->frame, device->source, RN_FEED_WORKS,
                                    rn_device_heard_us (device), context->now_us);
  const char *type = rn_device_type_title (device->type);

  out->icon = rn_device_text_icon (device->type);
  out->icon_class = rn_device_text_strain_class (strain);
  out->title = g_strdup (rn_device_title (device));
  out->second = shows != NULL ? g_strdup_printf ("%s · %s", type, shows) : g_strdup (type);
  out->age = rn_device_text_dup_place (context->frame, device, TRUE);
  if (age.quality > RN_QUALITY_LATE || age.quality == RN_QUALITY_UNKNOWN)
    {
      out->word = rn_side_age_words (age);
      out->word_class = rn_side_age_class (age);
      return;
    }
  out->word = rn_device_text_dup_strain (device, context->now_us);
  if (out->word != NULL)
    out->word_class = "strong";
  else
    out->word = g_strdup (rn_device_status_title (device->status));
}

static void
describe_facility (const RnListContext *context, const RnFacility *facility, RnRowText *out)
{
  const RnFacilityState *state = state_of (context->frame, facility);
  const char *name = rn_names_get (facility->names, NULL);
  g_autofree char *place = dup_place (context->frame->network, facility);
  g_autofree char *figures = state != NULL ? dup_figures (facility, state) : NULL;

  out->icon = rn_side_facility_icon (facility->type);
  out->icon_class = rn_facility_strain_class (rn_facility_strain (state));
  out->title = g_strdup (name != NULL ? name : facility->id);
  out->second = g_strdup (figures != NULL ? figures : rn_facility_type_title (facility->type));
  out->age = g_steal_pointer (&place);
  describe_edge (context, state, out);
}

static void
describe (const RnListContext *context, gconstpointer row, RnRowText *out)
{
  const RnDevice *device = as_device (context->frame, row);

  if (device != NULL)
    describe_device (context, device, out);
  else
    describe_facility (context, row, out);
}

static char *
dup_no_match (guint n_all)
{
  return g_strdup_printf (
      ngettext ("No facility matches (%u in all).", "No facility matches (%u in all).", n_all),
      n_all);
}

static char *
dup_none (void)
{
  return g_strdup (_("The network has no service areas, toll plazas or checkpoints."));
}

const RnListKind rn_facility_list = {
  .subject_kind = RN_SUBJECT_FACILITY,
  .other_kinds = 1u << RN_SUBJECT_DEVICE,
  .get_subject_kind = get_subject_kind,
  .feed = RN_FEED_FACILITIES,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .filter_always = TRUE,
  .name = N_("Facilities"),
  .collect = collect,
  .get_key = get_key,
  .matches_chip = matches_chip,
  .dup_haystack = dup_haystack,
  .compare = compare,
  .order_title = N_("By urgency"),
  .orders = orders,
  .n_orders = G_N_ELEMENTS (orders),
  .describe = describe,
  .dup_no_match = dup_no_match,
  .dup_none = dup_none,
};
